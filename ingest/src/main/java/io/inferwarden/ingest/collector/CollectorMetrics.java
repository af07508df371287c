package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent.Reason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/**
 * What the collector counts. For every source, the outcomes of {@code
 * inferwarden_ingest_events_total} sum to {@code inferwarden_ingest_received_total} whenever no
 * request is under way. Labels come from small fixed sets; no client, key or model is one.
 */
public final class CollectorMetrics {
  static final String ACCEPTED = "accepted";
  static final String UNAVAILABLE = "unavailable";
  static final String OVER_QUOTA = "over_quota";

  private static final String REJECTED = "rejected";
  private static final String SKIPPED = "skipped";
  private static final String HELD = "held";
  private static final String MALFORMED = "malformed";
  private static final Reason[] REASONS = Reason.values();

  private final Counter received;
  private final Counter events;
  private final Counter rejections;
  private final Histogram requestSeconds;
  private final Gauge requestsInFlight;
  private final Counter requestBytes;
  private final Counter requestsOverQuota;
  private final Gauge heldHalves;
  private final Gauge unmatchedHalves;

  public CollectorMetrics(CollectorRegistry registry) {
    received =
        counter(
                "inferwarden_ingest_received",
                "Events that sources found, and payloads in which none could be read.",
                "source")
            .register(registry);
    events =
        counter(
                "inferwarden_ingest_events",
                "What became of what was received.",
                "source",
                "outcome")
            .register(registry);
    rejections =
        counter(
                "inferwarden_ingest_rejections",
                "Events that were rejected, by reason.",
                "source",
                "reason")
            .register(registry);
    requestSeconds =
        Histogram.build()
            .name("inferwarden_ingest_request_seconds")
            .help("Time from the head of a request to the end of its answer.")
            .labelNames("route", "status")
            .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
            .register(registry);
    requestsInFlight =
        gauge("inferwarden_ingest_requests_in_flight", "Requests that are not answered yet.")
            .register(registry);
    requestBytes =
        counter(
                "inferwarden_ingest_request_bytes",
                "Bytes of bodies read, before decompression.",
                "route")
            .register(registry);
    requestsOverQuota =
        counter(
                "inferwarden_ingest_requests_over_quota",
                "Requests that were not taken since their key was over its quota, read or not.",
                "route")
            .register(registry);
    heldHalves =
        gauge(
                "inferwarden_ingest_held_halves",
                "Requests and responses that wait for the other half.",
                "source")
            .register(registry);
    unmatchedHalves =
        gauge(
                "inferwarden_ingest_unmatched_halves",
                "Requests and responses that never met the other half, since the start.",
                "source")
            .register(registry);
  }

  void countReceived(Admission admission) {
    int count =
        admission.admitted().size() + admission.rejected() + admission.skipped() + admission.held();
    received.labels(admission.source()).inc(count);
  }

  void countReceivedAgain(Admission admission) {
    received.labels(admission.source()).inc(admission.admitted().size());
  }

  void countAdmitted(Admission admission, String outcome) {
    count(admission.source(), outcome, admission.admitted().size());
  }

  /** Counts what was not admitted. */
  void countRest(Admission admission) {
    String source = admission.source();
    count(source, SKIPPED, admission.skipped());
    count(source, HELD, admission.held());
    if (admission.rejected() == 0) {
      return;
    }
    count(source, REJECTED, admission.rejected());
    for (Reason reason : REASONS) {
      int rejected = admission.rejected(reason);
      if (rejected > 0) {
        rejections.labels(source, reason.code()).inc(rejected);
      }
    }
  }

  void countMalformed(String source) {
    received.labels(source).inc();
    count(source, MALFORMED, 1);
  }

  /** Counts companions, of which a source is the path's last word. */
  void countCompanions(String source, int accepted, int rejected, int unavailable) {
    received.labels(source).inc((double) accepted + rejected + unavailable);
    count(source, ACCEPTED, accepted);
    count(source, REJECTED, rejected);
    count(source, UNAVAILABLE, unavailable);
  }

  void countRejection(String source, Reason reason) {
    rejections.labels(source, reason.code()).inc();
  }

  void requestBegan() {
    requestsInFlight.inc();
  }

  void requestEnded(String route, int status, double seconds) {
    requestsInFlight.dec();
    requestSeconds.labels(route, status / 100 + "xx").observe(seconds);
  }

  void countBytes(String route, int bytes) {
    requestBytes.labels(route).inc(bytes);
  }

  void countOverQuota(String route) {
    requestsOverQuota.labels(route).inc();
  }

  void showHalves(String source, int held, long unmatched) {
    heldHalves.labels(source).set(held);
    unmatchedHalves.labels(source).set((double) unmatched);
  }

  private void count(String source, String outcome, int count) {
    if (count > 0) {
      events.labels(source, outcome).inc(count);
    }
  }

  private static Counter.Builder counter(String name, String help, String... labels) {
    return Counter.build().name(name).help(help).labelNames(labels);
  }

  private static Gauge.Builder gauge(String name, String help, String... labels) {
    return Gauge.build().name(name).help(help).labelNames(labels);
  }
}
