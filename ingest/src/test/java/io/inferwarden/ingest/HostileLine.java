package io.inferwarden.ingest;

import io.inferwarden.ingest.RejectedEvent.Reason;

/** One line that is not an event, and how it must be refused. */
public final class HostileLine {
  private final String kind;
  private final byte[] bytes;
  private final Reason reason;
  private final String field;
  private final boolean isSeenBySchema;

  HostileLine(String kind, byte[] bytes, Reason reason, String field, boolean isSeenBySchema) {
    this.kind = kind;
    this.bytes = bytes;
    this.reason = reason;
    this.field = field;
    this.isSeenBySchema = isSeenBySchema;
  }

  /** A few words that say what is wrong. */
  public String kind() {
    return kind;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The reason that the parser must give. */
  public Reason reason() {
    return reason;
  }

  /** The field that the parser must name; empty for the whole document. */
  public String field() {
    return field;
  }

  /** Whether a JSON Schema is able to say that this is wrong. */
  public boolean isSeenBySchema() {
    return isSeenBySchema;
  }

  @Override
  public String toString() {
    return kind;
  }
}
