package io.inferwarden.alerting.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IncidentLedgerLaws {
  private final IncidentLedger ledger =
      new IncidentLedger(Duration.ofMinutes(10), Duration.ofMinutes(3));

  /** A finding, or a tick of the clock that resolves what is over. */
  record Step(boolean isTick, long atMinute, double level, IncidentKind kind) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(false, false, false, true),
            Arbitraries.longs().between(1, 60),
            Arbitraries.doubles().between(1, 9),
            Arbitraries.of(
                IncidentKind.EXTRACTION, IncidentKind.EVASION, IncidentKind.SCRIPTED_USE))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 500, seed = "20260302")
  void withinAnIncidentTheRevisionGrowsByOneAndTheOpeningStays(@ForAll("steps") List<Step> steps) {
    Incident before = null;
    for (Incident incident : history(steps)) {
      if (before != null && before.id().equals(incident.id())) {
        assertThat(incident.revision()).isEqualTo(before.revision() + 1);
        assertThat(incident.openedAtMillis()).isEqualTo(before.openedAtMillis());
        assertThat(incident.lastSeenAtMillis()).isGreaterThanOrEqualTo(before.lastSeenAtMillis());
        assertThat(incident.onsetMillis()).isLessThanOrEqualTo(before.onsetMillis());
        assertThat(incident.pages() || !before.pages()).isTrue();
        if (incident.pages() == before.pages()) {
          assertThat(incident.level()).isGreaterThanOrEqualTo(before.level());
        }
        assertThat(incident.severity()).isGreaterThanOrEqualTo(before.severity());
      } else {
        assertThat(incident.revision()).isEqualTo(1);
      }
      before = incident;
    }
  }

  @Property(tries = 500, seed = "20260302")
  void noRevisionOfAnIncidentIsEverSaidTwice(@ForAll("steps") List<Step> steps) {
    Set<String> said = new HashSet<>();

    for (Incident incident : history(steps)) {
      assertThat(said.add(incident.id() + "_" + incident.revision())).isTrue();
    }
  }

  @Property(tries = 200, seed = "20260302")
  void theSameFindingsGiveTheSameIncidents(@ForAll("steps") List<Step> steps) {
    assertThat(history(steps)).isEqualTo(history(steps));
  }

  @Property(tries = 200, seed = "20260302")
  void everyFindingIsHeldByExactlyOneIncident(@ForAll("steps") List<Step> steps) {
    List<Incident> history = history(steps);
    long held = 0;

    for (int i = 0; i < history.size(); i++) {
      boolean isLastOfItsIncident =
          i + 1 == history.size() || !history.get(i + 1).id().equals(history.get(i).id());
      held += isLastOfItsIncident ? history.get(i).findings() : 0;
    }

    assertThat(held).isEqualTo(steps.stream().filter(step -> !step.isTick()).count());
  }

  /** Members that come and go with the step. */
  private static String[] names(Step step) {
    return LongStream.rangeClosed(step.atMinute() / 7, step.atMinute() / 5)
        .mapToObj(i -> "k" + i)
        .toArray(String[]::new);
  }

  @Property(tries = 300, seed = "20260302")
  void aMemberKeepsItsPlaceAndTheTimeOfItsNaming(@ForAll("steps") List<Step> steps) {
    Incident before = null;
    for (Incident incident : history(steps)) {
      if (before != null && before.id().equals(incident.id())) {
        List<Member> stayed = new ArrayList<>(before.members());
        stayed.removeIf(member -> names(incident).indexOf(member.principal()) < 0);
        assertThat(incident.members().subList(0, stayed.size())).isEqualTo(stayed);
      }
      before = incident;
    }
  }

  private static List<String> names(Incident incident) {
    return incident.members().stream().map(Member::principal).toList();
  }

  /** Every revision that was said, in the order in which it was. */
  private List<Incident> history(List<Step> steps) {
    List<Incident> history = new ArrayList<>();
    Incident current = null;
    for (Step step : steps) {
      long at = Examples.AT + step.atMinute() * Examples.MINUTE;
      if (!step.isTick()) {
        Finding finding = Examples.campaign(step.kind(), at, step.level(), names(step));
        history.addAll(ledger.hear(current, finding));
        current = history.get(history.size() - 1);
      } else if (current != null && current.isOpen() && ledger.isOver(current, at)) {
        current = ledger.resolve(current);
        history.add(current);
      }
    }
    return history;
  }
}
