package io.inferwarden.ingest.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition as one message of Kafka holds them: lines of JSON, in the order of the
 * chain, with a line feed between two. A record itself has none, as JSON escapes them. One message
 * for many records costs the collector, the broker and the reader less than one for each. Not
 * thread-safe.
 */
public final class AuditLines {
  private static final byte[] EMPTY = {};

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream(4096);

  /** Adds the next record. */
  public void add(byte[] json) {
    if (lines.size() > 0) {
      lines.write('\n');
    }
    lines.writeBytes(json);
  }

  /** Bytes of what was added. */
  public int size() {
    return lines.size();
  }

  /** The message with what was added, which is forgotten. */
  public byte[] take() {
    byte[] message = lines.toByteArray();
    lines.reset();
    return message;
  }

  /** The lines of a message, whatever they are: at least one, which may be empty. */
  public static List<byte[]> of(byte @Nullable [] message) {
    byte[] bytes = message == null ? EMPTY : message;
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    lines.add(start == 0 ? bytes : Arrays.copyOfRange(bytes, start, bytes.length));
    return lines;
  }
}
