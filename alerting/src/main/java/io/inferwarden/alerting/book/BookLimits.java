package io.inferwarden.alerting.book;

/**
 * How much a book keeps. What is finished leaves first, in the order of its last change; then the
 * oldest.
 *
 * @param records at most, at least 1
 * @param bytes of their JSON together, at most, at least 1
 */
public record BookLimits(int records, long bytes) {
  /** A hundred thousand records of 128 MiB together. */
  public static final BookLimits DEFAULT = new BookLimits(100_000, 128L << 20);

  public BookLimits {
    if (records < 1) {
      throw new IllegalArgumentException("records must be >= 1, was " + records);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be >= 1, was " + bytes);
    }
  }
}
