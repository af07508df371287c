package io.inferwarden.ingest.source.otlp;

/** A part of a body. */
record Slice(int offset, int length) {
  /** The part that an absent message is encoded as. */
  static final Slice NOTHING = new Slice(0, 0);
}
