package io.inferwarden.alerting.book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentBookTest {
  private static final IncidentLedger LEDGER = new IncidentLedger();

  private final IncidentBook book = new IncidentBook(new BookLimits(3, 1 << 20), 4);
  private long offset;

  private void put(Incident incident) {
    book.accept(incident.id(), IncidentJson.toJson(incident), offset++);
  }

  private static Incident opened(String name, long afterMinutes) {
    return Examples.opened(
        Examples.finding("principal:" + name, Examples.AT + afterMinutes * Examples.MINUTE, 2));
  }

  private static Incident judged(Incident incident, IncidentVerdict verdict) {
    return LEDGER.judge(incident, new Judgement(verdict, "ann", Examples.AT, ""));
  }

  @Test
  void showsTheLatestRevisionOfEachIncidentTheNewestIncidentFirst() {
    Incident first = opened("a", 0);
    put(first);
    put(opened("b", 1));
    put(LEDGER.resolve(first));

    List<Incident> items = book.page(IncidentFilter.ALL, null, 10).items();

    assertThat(items).containsExactly(opened("b", 1), LEDGER.resolve(first));
  }

  @Test
  void resolvedIncidentsMakeRoomBeforeOlderOpenOnes() {
    put(opened("old", 0));
    put(LEDGER.resolve(opened("over", 1)));
    put(opened("b", 2));
    put(opened("c", 3));

    assertThat(book.find(opened("over", 1).id())).isEmpty();
    assertThat(book.find(opened("old", 0).id())).isPresent();
    assertThat(book.size()).isEqualTo(3);
    assertThat(book.forgotten()).isEqualTo(1);

    put(opened("d", 4));

    assertThat(book.find(opened("old", 0).id())).as("nothing is over").isEmpty();
  }

  @Test
  void keepsNoMoreBytesThanAllowed() {
    int size = IncidentJson.toJson(opened("a", 0)).length;
    IncidentBook small = new IncidentBook(new BookLimits(100, size * 2L + size / 2), 100);

    for (int i = 0; i < 10; i++) {
      Incident incident = opened("n" + i, i);
      small.accept(incident.id(), IncidentJson.toJson(incident), i);
    }

    assertThat(small.size()).isEqualTo(2);
  }

  @Test
  void tellsEveryRevisionWhileItIsRecentAndTheLatestOnesForEver() {
    for (int i = 0; i < 6; i++) {
      put(Examples.incident("principal:a", i + 1));
    }

    assertThat(book.revisionsAfter(-1, 10)).as("the first two are gone").isEmpty();
    assertThat(book.revisionsAfter(1, 10).orElseThrow())
        .extracting(IncidentRevision::offset)
        .containsExactly(2L, 3L, 4L, 5L);
    assertThat(book.latestAfter(-1, 10)).extracting(IncidentRevision::offset).containsExactly(5L);
    assertThat(book.revisionsAfter(5, 10)).contains(List.of());
  }

  @Test
  void aTombstoneForgetsAnIncidentAndIsTold() {
    Incident incident = opened("a", 0);
    put(incident);

    book.accept(incident.id(), null, offset++);

    assertThat(book.find(incident.id())).isEmpty();
    assertThat(book.revisionsAfter(0, 10).orElseThrow())
        .containsExactly(new IncidentRevision(1, incident.id(), null));
  }

  @Test
  void whatCannotBeReadLeavesTheBookAsItWas() {
    Incident incident = opened("a", 0);
    put(incident);

    book.accept(incident.id(), "{}".getBytes(UTF_8), offset++);

    assertThat(book.find(incident.id())).contains(incident);
  }

  @Test
  void whoeverWaitsSeesTheChangeAtOnce() throws Exception {
    Incident incident = opened("a", 0);
    Thread writer = new Thread(() -> put(incident));

    writer.start();
    Optional<Incident> seen = book.await(incident.id(), Incident::isOpen, Duration.ofSeconds(20));

    assertThat(seen).contains(incident);
    writer.join();
    assertThat(book.await(incident.id(), found -> false, Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void filtersByWhatPeopleAskFor() {
    Incident drift =
        Examples.opened(
            Examples.drift(IncidentKind.INPUT_DRIFT, "7", Examples.AT + 5 * Examples.MINUTE, 9));
    Incident abuse = judged(opened("acme", 0), IncidentVerdict.TRUE_POSITIVE);
    put(drift);
    put(LEDGER.acknowledge(abuse, new Acknowledgement("ann", Examples.AT, "")));
    IncidentFilter all = IncidentFilter.ALL;

    assertThat(found(with(all, Set.of(IncidentState.ACKNOWLEDGED), Set.of()))).containsOnly("acme");
    assertThat(found(with(all, Set.of(), Set.of(IncidentKind.INPUT_DRIFT)))).containsOnly("drift");
    assertThat(found(text("ACME"))).containsOnly("acme");
    assertThat(found(text("total VARIATION 0.24"))).containsOnly("drift");
    assertThat(found(verdict(Optional.empty()))).containsOnly("drift");
    assertThat(found(verdict(Optional.of(IncidentVerdict.TRUE_POSITIVE)))).containsOnly("acme");
    assertThat(found(since(Examples.AT + Examples.MINUTE, Long.MAX_VALUE))).containsOnly("drift");
    assertThat(found(since(0, Examples.AT + Examples.MINUTE))).containsOnly("acme");
    assertThat(found(severity(Severity.CRITICAL))).isEmpty();
    assertThat(found(severity(Severity.INFO))).hasSize(2);
  }

  private List<String> found(IncidentFilter filter) {
    return book.page(filter, null, 10).items().stream()
        .map(incident -> incident.kind() == IncidentKind.INPUT_DRIFT ? "drift" : "acme")
        .toList();
  }

  private static IncidentFilter with(
      IncidentFilter like, Set<IncidentState> states, Set<IncidentKind> kinds) {
    return new IncidentFilter(
        states,
        kinds,
        like.severity(),
        like.model(),
        like.subject(),
        like.sinceMillis(),
        like.untilMillis(),
        like.verdict(),
        like.open(),
        like.text());
  }

  private static IncidentFilter other(
      Optional<Severity> severity,
      Optional<Long> since,
      Optional<Long> until,
      Optional<Optional<IncidentVerdict>> verdict,
      Optional<String> text) {
    return new IncidentFilter(
        Set.of(),
        Set.of(),
        severity,
        Optional.of("fraud-scorer"),
        Optional.empty(),
        since,
        until,
        verdict,
        Optional.of(true),
        text);
  }

  private static IncidentFilter text(String text) {
    return other(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text));
  }

  private static IncidentFilter verdict(Optional<IncidentVerdict> verdict) {
    return other(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(verdict),
        Optional.empty());
  }

  private static IncidentFilter since(long since, long until) {
    return other(
        Optional.empty(),
        Optional.of(since),
        Optional.of(until),
        Optional.empty(),
        Optional.empty());
  }

  private static IncidentFilter severity(Severity severity) {
    return other(
        Optional.of(severity),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aCursorIsTakenBackAndNothingElse() {
    Place place = new Place(Examples.AT, "inc_a b|c");

    assertThat(Place.ofCursor(place.cursor())).isEqualTo(place);
    assertThat(place.cursor()).matches("[A-Za-z0-9_-]+");
    for (String wrong : List.of("", "x", "!", "MTIz", "A".repeat(2000), "YWJjIGRlZg")) {
      assertThatThrownBy(() -> Place.ofCursor(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
  }

  @Test
  void showsHowManyOfThoseJudgedWereRight() {
    IncidentBook large = new IncidentBook();
    CollectorRegistry registry = new CollectorRegistry();
    IncidentBookMetrics.register(large, registry);
    List<IncidentVerdict> verdicts =
        List.of(
            IncidentVerdict.TRUE_POSITIVE,
            IncidentVerdict.TRUE_POSITIVE,
            IncidentVerdict.TRUE_POSITIVE,
            IncidentVerdict.FALSE_POSITIVE,
            IncidentVerdict.BENIGN_CHANGE);
    for (int i = 0; i < verdicts.size(); i++) {
      Incident incident = judged(opened("n" + i, i), verdicts.get(i));
      large.accept(incident.id(), IncidentJson.toJson(incident), i);
    }

    assertThat(sample(registry, "inferwarden_incident_precision_ratio", "kind", "extraction"))
        .isEqualTo(0.75);
    assertThat(
            registry.getSampleValue(
                "inferwarden_incidents_judged",
                new String[] {"kind", "verdict"},
                new String[] {"extraction", "benign"}))
        .isEqualTo(1);
    assertThat(
            registry.getSampleValue(
                "inferwarden_incidents_open",
                new String[] {"kind", "severity"},
                new String[] {"extraction", "high"}))
        .as("those judged to be true go on")
        .isEqualTo(3);
    assertThat(sample(registry, "inferwarden_incident_precision_ratio", "kind", "evasion"))
        .as("nobody judged one")
        .isNull();
  }

  @Test
  void showsWhatGoesOnByModelWithoutMoreNamesThanItMay() {
    IncidentBook large = new IncidentBook();
    CollectorRegistry registry = new CollectorRegistry();
    IncidentBookMetrics.register(large, registry);
    for (int i = 0; i < 250; i++) {
      Incident incident = ofModel(i < 20 ? "busy" : "model-" + i, i);
      large.accept(incident.id(), IncidentJson.toJson(incident), i);
    }

    String[] labels = {"model", "kind"};
    assertThat(
            registry.getSampleValue(
                "inferwarden_model_incidents_open", labels, new String[] {"busy", "extraction"}))
        .isEqualTo(20);
    assertThat(
            registry.getSampleValue(
                "inferwarden_model_incidents_open",
                labels,
                new String[] {"__other__", "extraction"}))
        .as("230 other models have 199 names")
        .isEqualTo(31);
    assertThat(sample(registry, "inferwarden_campaigns_open", "model", "busy"))
        .as("each is about one principal")
        .isZero();
  }

  private static Incident ofModel(String model, int number) {
    Finding finding =
        Examples.finding("principal:n" + number, Examples.AT + number * Examples.MINUTE, 2);
    return Examples.opened(
        new Finding(
            finding.subject(),
            model,
            finding.version(),
            finding.kind(),
            finding.severity(),
            finding.atMillis(),
            finding.onsetMillis(),
            finding.events(),
            finding.level(),
            finding.evidence()));
  }

  private static Double sample(
      CollectorRegistry registry, String name, String label, String value) {
    return registry.getSampleValue(name, new String[] {label}, new String[] {value});
  }
}
