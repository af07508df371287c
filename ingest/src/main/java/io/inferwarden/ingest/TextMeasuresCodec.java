package io.inferwarden.ingest;

/**
 * The binary form of {@link TextMeasures}: counts and gaps between buckets as varints. It holds
 * only what detectors read, so no character classes, patterns, canaries, SimHash, template or
 * version of the lexicon: those are for the topic of events.
 */
final class TextMeasuresCodec {
  private TextMeasuresCodec() {}

  /** Writes nothing where there is no text. */
  static void write(BinaryWriter out, TextMeasures text) {
    if (!text.isPresent()) {
      return;
    }
    for (TextCount count : TextCount.inOrder()) {
      out.writeVarint(text.count(count));
    }
    out.writeByte(text.opening().binaryCode());
    out.writeByte(text.first().binaryCode());
    out.writeByte(text.ending().binaryCode());
    out.writeLong(text.fingerprint());
    out.writeByte(text.tactics());
    out.writeLong(text.headFingerprint());
    out.writeLong(text.tailFingerprint());
    out.writeLong(text.lineFingerprint());
    out.writeVarint(text.bucketCount());
    int before = -1;
    for (int i = 0; i < text.bucketCount(); i++) {
      out.writeVarint(text.bucket(i) - before - 1);
      before = text.bucket(i);
    }
  }

  /**
   * @throws IllegalArgumentException when the bytes are no measures
   */
  static void read(BinaryReader in, TextMeasures into) {
    into.clear();
    into.present();
    for (TextCount count : TextCount.inOrder()) {
      into.count(count, in.readVarint());
    }
    into.opening(mark(in)).first(mark(in)).ending(mark(in));
    into.fingerprint(in.readLong());
    into.tactics(in.readByte() & 0xff);
    into.headFingerprint(in.readLong());
    into.tailFingerprint(in.readLong());
    into.lineFingerprint(in.readLong());
    int buckets = in.readCount();
    int before = -1;
    for (int i = 0; i < buckets; i++) {
      before += in.readVarint() + 1;
      into.addBucket(before);
    }
  }

  private static TextMark mark(BinaryReader in) {
    int code = in.readByte();
    TextMark mark = TextMark.ofBinaryCode(code);
    if (mark == null) {
      throw new IllegalArgumentException("mark must be 0 to 13, was " + code);
    }
    return mark;
  }
}
