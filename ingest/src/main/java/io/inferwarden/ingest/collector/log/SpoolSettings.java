package io.inferwarden.ingest.collector.log;

import java.nio.file.Path;

/**
 * Where and how much is spooled.
 *
 * @param folder of one collector; made when missing, readable by its user only
 * @param mostBytes what waits for Kafka at most; more is refused. On the disk there may be two
 *     files more than that
 * @param segmentBytes after which a new file begins; a file is deleted when Kafka has all of it
 */
public record SpoolSettings(Path folder, long mostBytes, long segmentBytes) {
  public SpoolSettings {
    if (segmentBytes < 1) {
      throw new IllegalArgumentException("segmentBytes must be > 0, was " + segmentBytes);
    }
    if (mostBytes < segmentBytes) {
      throw new IllegalArgumentException(
          "mostBytes must be >= segmentBytes (" + segmentBytes + "), was " + mostBytes);
    }
  }

  /** At most 10 GiB in files of 64 MiB. */
  public static SpoolSettings of(Path folder) {
    return new SpoolSettings(folder, 10L << 30, 64L << 20);
  }
}
