package io.inferwarden.app.processor;

/** Where a learning sample is kept, and which parts it plays. */
final class KeptSample {
  final String key;

  /** Orders the events of a pane. */
  final long hash;

  final long paneStartMillis;

  /** Orders the principals of a version. */
  final long principalHash;

  /** On the heap. */
  final int bytes;

  /** Whether it is among the smallest hashes of its pane. */
  boolean isOfPane;

  /** Whether it is one of its principal's first events, and the principal is one of the chosen. */
  boolean isOfPrincipal;

  KeptSample(String key, long hash, long paneStartMillis, long principalHash, int bytes) {
    this.key = key;
    this.hash = hash;
    this.paneStartMillis = paneStartMillis;
    this.principalHash = principalHash;
    this.bytes = bytes;
  }
}
