package io.inferwarden.app.api;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.book.BookLimits;
import io.inferwarden.alerting.book.DeliveryBook;
import io.inferwarden.alerting.book.IncidentBook;
import io.inferwarden.alerting.book.SilenceBook;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.outbox.Attempt;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.cluster.OperationsServer;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.policy.ApiToken;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server whose books are fed at once by what is written to it, as the topology would do later.
 * Sinks answer at once: {@code soc} takes everything, {@code broken} nothing.
 */
public final class FakeBackend implements AutoCloseable {
  public static final long AT = Instant.parse("2026-03-02T14:02:00Z").toEpochMilli();
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);

  private static final IncidentLedger LEDGER = new IncidentLedger();

  public final IncidentBook incidents;
  final DeliveryBook deliveries = new DeliveryBook();
  final SilenceBook silences = new SilenceBook();
  final List<IncidentAction> written = Collections.synchronizedList(new ArrayList<>());
  final Api api;
  final OperationsServer server;

  private long offset;
  private boolean isHeedless;

  public FakeBackend() throws IOException {
    this("127.0.0.1", List.of(), Map.of(), new IncidentBook(), true);
  }

  FakeBackend(
      String host,
      List<ApiToken> tokens,
      Map<String, String> environment,
      IncidentBook incidents,
      boolean isCaughtUp)
      throws IOException {
    this.incidents = incidents;
    this.api =
        new Api(
            new ApiBooks(incidents, deliveries, silences),
            new ApiWriters(this::act, this::silence, (sink, since) -> 7),
            new FakeReceivers(),
            Doorkeeper.at(host, tokens, environment),
            CLOCK);
    this.server = new OperationsServer(host, 0, new CollectorRegistry(), FakeBackend::well, api);
    if (isCaughtUp) {
      catchUp();
    }
  }

  void catchUp() {
    incidents.reached(0);
    deliveries.reached(0);
    silences.reached(0);
  }

  /** From now on nothing that is written shows. */
  void heedNothing() {
    isHeedless = true;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  public static Incident opened(String name, long afterMinutes) {
    return opened(name, afterMinutes, IncidentKind.EXTRACTION, Severity.HIGH);
  }

  static Incident opened(String name, long afterMinutes, IncidentKind kind, Severity severity) {
    long at = AT + afterMinutes * 60_000;
    Finding finding =
        new Finding(
            "principal:" + name,
            "fraud-scorer",
            "7",
            kind,
            severity,
            at,
            at - 60_000,
            41,
            2.5,
            List.of(Evidence.ofPrincipal("probing", 0.63, "in the most extreme 1 %", 0.01, 0.41)));
    return Objects.requireNonNull(LEDGER.hear(null, finding)).get(0);
  }

  /** The incident in the book, as the record with the next offset. */
  public synchronized long put(Incident incident) {
    incidents.accept(incident.id(), IncidentJson.toJson(incident), offset);
    return offset++;
  }

  synchronized void forget(String incidentId) {
    incidents.accept(incidentId, null, offset++);
  }

  synchronized void deliver(Incident incident, String sink, Outcome outcome, String result) {
    Delivery delivery =
        Delivery.of(
            Notification.ofChange(incident, sink, "root", CLOCK.millis()),
            outcome,
            "",
            List.of(new Attempt(CLOCK.millis(), 12, result)),
            1,
            CLOCK.millis(),
            Delivery.NONE);
    deliveries.accept(delivery.key(), DeliveryJson.toJson(delivery), offset++);
  }

  private void act(String subject, IncidentAction action) {
    written.add(action);
    if (isHeedless) {
      return;
    }
    if (action instanceof IncidentAction.Acknowledge acknowledge) {
      Incident before = incidents.find(acknowledge.incidentId()).orElseThrow();
      put(Objects.requireNonNull(LEDGER.acknowledge(before, acknowledge.acknowledgement())));
    } else if (action instanceof IncidentAction.Judge judge) {
      put(LEDGER.judge(judge.incident(), judge.judgement()));
    } else if (action instanceof IncidentAction.Tell tell) {
      put(tell.incident());
      deliver(tell.incident(), "soc", Outcome.DELIVERED, "delivered");
      deliver(tell.incident(), "broken", Outcome.DEAD_LETTERED, "answered 500");
    }
  }

  private synchronized void silence(Silence silence) {
    if (!isHeedless) {
      silences.accept(silence.id(), SilenceJson.toJson(silence), offset++);
    }
  }

  private static final class FakeReceivers implements Receivers {
    @Override
    public List<String> routes() {
      return List.of("root", "root/payments");
    }

    @Override
    public List<String> sinks() {
      return List.of("soc", "broken");
    }

    @Override
    public Optional<List<String>> sinksOfRoute(String route) {
      return routes().contains(route) ? Optional.of(sinks()) : Optional.empty();
    }
  }

  private static HealthReport well() {
    return new HealthReport(
        "RUNNING", true, true, true, OptionalLong.of(0), 0, List.of(), Optional.empty());
  }

  static IncidentBook bookRemembering(int revisions) {
    return new IncidentBook(BookLimits.DEFAULT, revisions);
  }

  @Override
  public void close() {
    server.close();
    api.close();
  }
}
