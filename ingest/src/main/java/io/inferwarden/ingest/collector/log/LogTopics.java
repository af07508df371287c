package io.inferwarden.ingest.collector.log;

/**
 * Where the log writes.
 *
 * @param events inference events
 * @param audit what is kept of each of them; with as many partitions as {@code events}
 * @param text kept texts
 */
public record LogTopics(String events, String audit, String text) {
  public LogTopics {
    requireName("events", events);
    requireName("audit", audit);
    requireName("text", text);
  }

  private static void requireName(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("topic of " + what + " must have a name");
    }
  }
}
