package io.inferwarden.bench.memory;

/**
 * What many streams hold.
 *
 * @param streams that are kept
 * @param heapBytes on the heap with all of them
 * @param heapBytesPerStream how much the second half of them added
 * @param changelog of the principals, as if it were compacted
 * @param allChangelogBytes of all stores, as if they were compacted
 * @param startSeconds from the start of a JVM with an empty folder until it has all of them
 * @param restoreSeconds that it read the changelogs meanwhile, by its own metric
 * @param restoredRecords that were read for it
 */
record Held(
    long streams,
    double heapBytes,
    double heapBytesPerStream,
    Changelogs.Size changelog,
    long allChangelogBytes,
    double startSeconds,
    double restoreSeconds,
    double restoredRecords) {

  /** Of key and value. */
  double changelogBytesPerStream() {
    return (double) changelog.bytes() / changelog.keys();
  }
}
