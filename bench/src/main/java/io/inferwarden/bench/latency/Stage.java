package io.inferwarden.bench.latency;

/** Where an event that raises an incident about an account passes, in this order. */
enum Stage {
  SENT("handed to the producer"),
  LOGGED("event in the log"),
  REPORT_WRITTEN("report of the account written"),
  REPORT_READABLE("its transaction committed"),
  MOMENTS_READABLE("all partitions have come as far"),
  FINDING_WRITTEN("finding written"),
  FINDING_READABLE("its transaction committed"),
  INCIDENT_WRITTEN("incident written"),
  INCIDENT_READABLE("its transaction committed"),
  DELIVERED("webhook arrived");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
