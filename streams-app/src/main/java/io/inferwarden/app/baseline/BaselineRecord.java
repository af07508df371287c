package io.inferwarden.app.baseline;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of one model version: the value of the compacted {@code baselines} topic. Never
 * changed once it is there; another one takes its place only by an audited promotion.
 *
 * @param id deterministic: the same learning of the same events gives the same id
 * @param model name of the model
 * @param version of the model; empty when its events carry none
 * @param primary whether it is the model's first baseline, which judges principals and inputs of
 *     every version
 * @param learnedFromMillis event time of the first pane it rests on
 * @param learnedUntilMillis event time at which the learning ended, exclusive; judging of panes
 *     begins here
 * @param modelsKnown models of the deployment when the learning ended; the budget is split over
 *     them
 * @param origin who made it: {@code stream}, or who promoted it and why
 * @param principals the baseline of principals who ask by features, as of a classifier; null when
 *     there was too little to learn it from
 * @param conversations the baseline of principals who ask by text, as of a chat model; null when
 *     there was too little to learn it from
 * @param behaviour the baseline of inputs and outputs; null when there was too little to learn it
 *     from
 * @param rate the baseline of the number of requests; null when there was too little to learn it
 *     from
 * @param notes what the operator should know, such as principals that the robust fit rejected
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
public record BaselineRecord(
    String id,
    String model,
    String version,
    boolean primary,
    long learnedFromMillis,
    long learnedUntilMillis,
    int modelsKnown,
    String origin,
    byte @Nullable [] principals,
    byte @Nullable [] conversations,
    byte @Nullable [] behaviour,
    byte @Nullable [] rate,
    List<String> notes) {
  private static final int FORMAT_VERSION = 2;

  public BaselineRecord {
    if (modelsKnown < 1) {
      throw new IllegalArgumentException("modelsKnown must be >= 1, was " + modelsKnown);
    }
    if (learnedUntilMillis <= learnedFromMillis) {
      throw new IllegalArgumentException(
          "learnedUntilMillis must be after learnedFromMillis "
              + learnedFromMillis
              + ", was "
              + learnedUntilMillis);
    }
    notes = List.copyOf(notes);
  }

  /** An id that depends only on what was learned and from when. */
  public static String idOf(
      String model, String version, long learnedUntilMillis, List<byte[]> learned) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    digest.update(topicKey(model, version).getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(learnedUntilMillis).array());
    for (byte[] part : learned) {
      digest.update(part);
    }
    return "bl_" + HexFormat.of().formatHex(digest.digest(), 0, 10);
  }

  /** The key in the compacted topic: one baseline for each model version. */
  public static String topicKey(String model, String version) {
    return model + '\u001f' + version;
  }

  public String topicKey() {
    return topicKey(model, version);
  }

  /** The same learning under another name: promoted by a person. */
  public BaselineRecord promotedAs(String newOrigin) {
    return with(newOrigin, notes);
  }

  /** The same learning with another note for the operator. */
  public BaselineRecord noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return with(origin, more);
  }

  private BaselineRecord with(String newOrigin, List<String> newNotes) {
    return new BaselineRecord(
        id,
        model,
        version,
        primary,
        learnedFromMillis,
        learnedUntilMillis,
        modelsKnown,
        newOrigin,
        principals,
        conversations,
        behaviour,
        rate,
        newNotes);
  }

  /**
   * The same learning for another model that is used alike.
   *
   * @param models of the deployment by then
   */
  public BaselineRecord sharedWith(String otherModel, int models) {
    byte[] learned = id.getBytes(StandardCharsets.UTF_8);
    return new BaselineRecord(
        idOf(otherModel, version, learnedUntilMillis, List.of(learned)),
        otherModel,
        version,
        primary,
        learnedFromMillis,
        learnedUntilMillis,
        models,
        origin,
        principals,
        conversations,
        behaviour,
        rate,
        notes);
  }

  public byte[] toBytes() {
    StateWriter out = new StateWriter();
    out.writeByte(FORMAT_VERSION);
    out.writeString(id).writeString(model).writeString(version).writeBoolean(primary);
    out.writeLong(learnedFromMillis)
        .writeLong(learnedUntilMillis)
        .writeInt(modelsKnown)
        .writeString(origin);
    writeNullable(principals, out);
    writeNullable(conversations, out);
    writeNullable(behaviour, out);
    writeNullable(rate, out);
    out.writeInt(notes.size());
    notes.forEach(out::writeString);
    return out.toBytes();
  }

  /**
   * Reads {@link #toBytes()}; other bytes give an {@link IllegalArgumentException} or an underflow.
   */
  public static BaselineRecord fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int format = in.readByte();
    if (NewerFormatException.isNewer(format, FORMAT_VERSION)) {
      throw new NewerFormatException("A baseline", format, FORMAT_VERSION);
    }
    if (format != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "baseline: expected format version " + FORMAT_VERSION + ", found " + format);
    }
    return new BaselineRecord(
        in.readString(),
        in.readString(),
        in.readString(),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readString(),
        readNullable(in),
        readNullable(in),
        readNullable(in),
        readNullable(in),
        readNotes(in));
  }

  private static List<String> readNotes(StateReader in) {
    String[] notes = new String[in.readInt()];
    for (int i = 0; i < notes.length; i++) {
      notes[i] = in.readString();
    }
    return List.of(notes);
  }

  private static void writeNullable(byte @Nullable [] part, StateWriter out) {
    out.writeBoolean(part != null);
    if (part != null) {
      out.writeBytes(part);
    }
  }

  private static byte @Nullable [] readNullable(StateReader in) {
    return in.readBoolean() ? in.readBytes() : null;
  }
}
