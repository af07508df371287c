package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.feed.TestIncident;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.route.Match;
import io.inferwarden.alerting.route.Owners;
import io.inferwarden.alerting.route.Route;
import io.inferwarden.alerting.route.RoutingPlan;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.app.alert.AlertRouting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident from its first finding to its end, and who is told of it. */
class IncidentLifeTest {
  private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
  private static final long AT = NOW.toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final String PAGER = "pager";
  private static final String FEED = "feed";
  private static final String FORGETFUL = "forgetful";

  @TempDir Path folder;
  private final List<String> silenced = new ArrayList<>();
  private DrivenTopology topology;

  @BeforeEach
  void build() {
    Route pages =
        new Route(
            "pages",
            Match.builder().pages(true).build(),
            List.of(PAGER),
            true,
            Optional.of(Duration.ofMinutes(30)),
            Optional.empty(),
            List.of());
    Route all =
        new Route(
            "all",
            Match.ANYTHING,
            List.of(FEED, FORGETFUL),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Route watchdogs =
        new Route(
            "watchdogs",
            Match.builder().kinds(IncidentKind.WATCHDOG).build(),
            List.of(FEED),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Route root =
        new Route(
            "root",
            Match.ANYTHING,
            List.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(watchdogs, pages, all));
    Set<String> sinks = Set.of(PAGER, FEED, FORGETFUL);
    RoutingPlan plan = new RoutingPlan("", Owners.NONE, sinks, root, List.of(), List.of());
    AlertRouting routing =
        new AlertRouting(
            RoutingTree.of(plan),
            sinks,
            Set.of(FORGETFUL),
            Optional.of(Duration.ofMinutes(5)),
            silenced::add);
    topology = new DrivenTopology(DrivenTopology.defaults(), routing, NOW, folder);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  private static Finding finding(String subject, IncidentKind kind, Severity severity, long at) {
    return new Finding(subject, "m", "1", kind, severity, at, at, 9, 2, List.of());
  }

  private static Finding abuse(long at) {
    return finding("principal:k9", IncidentKind.EXTRACTION, Severity.HIGH, at);
  }

  private Incident latest() {
    List<Incident> all = topology.allIncidents();
    return all.get(all.size() - 1);
  }

  private Incident opened() {
    topology.find(abuse(AT));
    Incident incident = latest();
    topology.notifications();
    return incident;
  }

  private List<Notification> toldTo(String sink) {
    return topology.notifications().stream().filter(told -> told.sink().equals(sink)).toList();
  }

  @Test
  void everySinkIsToldOnceOfEachChangeUnderItsOwnKey() {
    topology.find(abuse(AT));

    assertThat(topology.notifications())
        .extracting(Notification::sink, Notification::id, Notification::occasion)
        .containsExactlyInAnyOrder(
            tuple(PAGER, latest().id() + "_1", Occasion.CHANGE),
            tuple(FEED, IncidentId.of(abuse(AT)) + "_1", Occasion.CHANGE),
            tuple(FORGETFUL, IncidentId.of(abuse(AT)) + "_1", Occasion.CHANGE));
  }

  @Test
  void eventTimeResolvesWhatIsOverAndTellsWhoWasTold() {
    opened();

    topology.pass(AT + DAY + HOUR);
    assertThat(topology.allIncidents()).isEmpty();
    topology.pass(AT + DAY + HOUR + 1);

    Incident resolved = latest();
    assertThat(resolved.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(resolved.handling().resolvedAtMillis()).isEqualTo(AT + DAY);
    assertThat(topology.notifications())
        .extracting(Notification::sink)
        .containsExactlyInAnyOrder(PAGER, FEED, FORGETFUL);
  }

  @Test
  void anIncidentOfASilentModelIsBlindUntilTheModelIsHeardAgain() {
    opened();
    topology.find(finding("model:m", IncidentKind.SILENCE, Severity.MEDIUM, AT + DAY));
    topology.allIncidents();

    topology.pass(AT + DAY + 2 * HOUR);
    Incident blind = latest();
    topology.pass(AT + 2 * DAY + 2 * HOUR);
    List<Incident> later = topology.allIncidents();
    topology.pass(AT + 2 * DAY + 3 * HOUR);
    later = new ArrayList<>(later);
    later.addAll(topology.allIncidents());

    assertThat(blind.state()).isEqualTo(IncidentState.BLIND);
    assertThat(later)
        .extracting(Incident::kind, Incident::state)
        .contains(
            tuple(IncidentKind.SILENCE, IncidentState.RESOLVED),
            tuple(IncidentKind.EXTRACTION, IncidentState.RESOLVED));
  }

  @Test
  void whoAcknowledgesIsNotRemindedAndAllHearOfIt() {
    Incident incident = opened();

    topology.idle(Duration.ofMinutes(31));
    List<Notification> reminders = toldTo(PAGER);
    topology.act(
        incident.subject(),
        new IncidentAction.Acknowledge(
            incident.id(), IncidentLedger.key(incident), new Acknowledgement("ann", AT, "mine")));
    List<Notification> acknowledged = toldTo(PAGER);
    topology.idle(Duration.ofMinutes(31));

    assertThat(reminders).extracting(Notification::occasion).containsExactly(Occasion.REMINDER);
    assertThat(reminders.get(0).id()).startsWith(incident.id() + "_1_");
    assertThat(acknowledged)
        .extracting(told -> told.incident().change())
        .containsExactly(IncidentChange.ACKNOWLEDGED);
    assertThat(toldTo(PAGER)).isEmpty();
  }

  @Test
  void aReceiverThatForgetsIsToldAgainUntilFiveMinutesAfterTheEnd() {
    opened();

    topology.idle(Duration.ofSeconds(121));
    List<Notification> during = toldTo(FORGETFUL);
    topology.pass(AT + 2 * DAY);
    topology.notifications();
    topology.idle(Duration.ofMinutes(10));
    List<Notification> after = toldTo(FORGETFUL);

    assertThat(during)
        .hasSize(2)
        .allMatch(told -> told.occasion() == Occasion.REFRESH && told.incident().isOpen());
    assertThat(after)
        .hasSize(5)
        .allMatch(told -> told.occasion() == Occasion.REFRESH && !told.incident().isOpen());
  }

  @Test
  void aSilenceHoldsBackEntersTheLedgerAndEndsWithTheNews() {
    topology.silence(
        new Silence(
            "s1",
            Match.builder().kinds(IncidentKind.EXTRACTION).build(),
            "ann",
            "a known test",
            AT,
            AT + 10 * 60_000,
            AT));

    topology.find(abuse(AT));
    List<Delivery> held = topology.deliveries();
    List<Notification> none =
        topology.notifications().stream().filter(told -> !isWatchdog(told)).toList();
    topology.idle(Duration.ofMinutes(11));
    List<Notification> told =
        topology.notifications().stream().filter(one -> !isWatchdog(one)).toList();

    assertThat(none).isEmpty();
    assertThat(held).hasSize(3).allMatch(entry -> entry.outcome() == Outcome.SILENCED);
    assertThat(held.get(0).detail()).contains("ann").contains("a known test");
    assertThat(silenced).containsExactlyInAnyOrder(PAGER, FEED, FORGETFUL);
    assertThat(told)
        .filteredOn(one -> one.occasion() == Occasion.CHANGE)
        .extracting(Notification::sink)
        .containsExactlyInAnyOrder(PAGER, FEED, FORGETFUL);
  }

  @Test
  void whatGotGraverDuringASilenceIsToldWhenItEnds() {
    opened();
    topology.silence(
        new Silence(
            "s1",
            Match.builder().kinds(IncidentKind.EXTRACTION).build(),
            "ann",
            "a known test",
            AT,
            AT + 10 * 60_000,
            AT));
    topology.find(finding("principal:k9", IncidentKind.EXTRACTION, Severity.CRITICAL, AT + 60_000));
    List<Notification> during = toldTo(PAGER);
    topology.idle(Duration.ofMinutes(11));

    assertThat(during).isEmpty();
    assertThat(toldTo(PAGER))
        .extracting(told -> told.incident().severity())
        .containsExactly(Severity.CRITICAL);
  }

  private static boolean isWatchdog(Notification told) {
    return told.incident().kind() == IncidentKind.WATCHDOG;
  }

  @Test
  void whoNeverHeardThatItBeganDoesNotHearThatItIsOver() {
    topology.silence(
        new Silence(
            "s1", Match.builder().pages(true).build(), "ann", "night", AT, AT + 9 * HOUR, AT));
    topology.find(abuse(AT));

    topology.pass(AT + 2 * DAY);

    assertThat(topology.notifications()).filteredOn(told -> !isWatchdog(told)).isEmpty();
    assertThat(latest().state()).isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void aVerdictIsCountedAndAFalseAlarmIsOver() {
    Incident incident = opened();

    topology.act(
        incident.subject(),
        new IncidentAction.Judge(
            incident, new Judgement(IncidentVerdict.FALSE_POSITIVE, "ann", AT, "batch")));
    Incident judged = latest();
    topology.find(abuse(AT + HOUR));

    assertThat(judged.state()).isEqualTo(IncidentState.RESOLVED);
    assertThat(toldTo(PAGER))
        .extracting(told -> told.incident().change())
        .containsExactly(IncidentChange.JUDGED);
    assertThat(latest().findings()).isEqualTo(2);
    assertThat(topology.metric("inferwarden_incident_verdicts_total", "kind", "extraction"))
        .isZero();
    assertThat(topology.metric("inferwarden_incident_verdicts_total")).isEqualTo(1);
  }

  @Test
  void aVerdictAboutAnIncidentThatIsLongForgottenStillCounts() {
    Incident incident = opened();
    topology.pass(AT + 30 * DAY);
    topology.pass(AT + 31 * DAY);
    Incident resolved = latest();

    topology.act(
        incident.subject(),
        new IncidentAction.Judge(
            resolved, new Judgement(IncidentVerdict.TRUE_POSITIVE, "ann", AT, "")));

    Incident judged = latest();
    assertThat(judged.id()).isEqualTo(incident.id());
    assertThat(judged.revision()).isEqualTo(resolved.revision() + 1);
    assertThat(judged.handling().judgement().verdict()).isEqualTo(IncidentVerdict.TRUE_POSITIVE);
  }

  @Test
  void theWatchdogIsToldOnceAnIntervalAsTheSameIncident() {
    topology.idle(Duration.ofMinutes(16));

    List<Notification> told = toldTo(FEED);

    assertThat(told).hasSize(4).allMatch(IncidentLifeTest::isWatchdog);
    assertThat(told)
        .extracting(one -> one.incident().id())
        .containsOnly(told.get(0).incident().id());
    assertThat(told).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void aSinkThatFailsIsToldOnceToTheOthersAndOnceThatItWorksAgain() {
    Incident failing = failing(AT, IncidentState.OPEN, Handling.OPENED);

    topology.act("sink:pager", new IncidentAction.Tell(failing));
    topology.act(
        "sink:pager",
        new IncidentAction.Tell(failing(AT + 1, IncidentState.OPEN, Handling.OPENED)));
    List<Notification> begun = topology.notifications();
    topology.pass(AT + 30 * DAY);
    topology.act(
        "sink:pager",
        new IncidentAction.Tell(
            failing(AT + 2, IncidentState.RESOLVED, Handling.OPENED.resolved(AT + 2))));
    List<Notification> over = topology.notifications();

    assertThat(begun).extracting(Notification::sink).containsExactlyInAnyOrder(FEED, FORGETFUL);
    assertThat(over).extracting(Notification::sink).containsExactlyInAnyOrder(FEED, FORGETFUL);
    assertThat(over).allMatch(told -> !told.incident().isOpen());
    assertThat(over).extracting(told -> told.incident().id()).containsOnly(failing.id());
  }

  @Test
  void aTestIsToldOnceAndIsOverWithThat() {
    topology.act("sink:forgetful", new IncidentAction.Tell(TestIncident.ofSink(FORGETFUL, AT)));
    List<Notification> told = toldTo(FORGETFUL);
    topology.idle(Duration.ofMinutes(10));

    assertThat(told).hasSize(1).allMatch(one -> one.incident().isOpen());
    assertThat(toldTo(FORGETFUL)).isEmpty();
    assertThat(latest().state()).isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void whatASinkFailedThatIsNoMoreIsOver() {
    Incident failing = failing("gone", AT, IncidentState.OPEN, Handling.OPENED);
    topology.act("sink:gone", new IncidentAction.Tell(failing));
    topology.notifications();

    topology.pass(AT);

    assertThat(topology.notifications())
        .isNotEmpty()
        .allMatch(told -> told.incident().id().equals(failing.id()) && !told.incident().isOpen());
  }

  private static Incident failing(long atMillis, IncidentState state, Handling handling) {
    return failing(PAGER, atMillis, state, handling);
  }

  private static Incident failing(
      String sink, long atMillis, IncidentState state, Handling handling) {
    IncidentKind kind = IncidentKind.DELIVERY_FAILING;
    return new Incident(
        IncidentId.of("sink:" + sink, Finding.ANY_MODEL, kind, atMillis),
        1,
        state,
        handling,
        "sink:" + sink,
        Finding.ANY_MODEL,
        "",
        kind,
        kind.severity(),
        atMillis,
        atMillis,
        atMillis,
        1,
        0,
        0,
        Chance.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        0,
        kind.title(),
        kind.whatToDo());
  }
}
