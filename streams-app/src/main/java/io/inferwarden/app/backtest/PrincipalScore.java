package io.inferwarden.app.backtest;

import io.inferwarden.app.backtest.BacktestReport.Attack;
import io.inferwarden.app.backtest.BacktestReport.Principals;
import io.inferwarden.app.backtest.OpenedIncident.Accusation;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who was found and who was wrongly accused. An attacker is judged by its earliest label and is
 * found by the first accusation at or after the start of that attack; an accusation before it
 * counts for nothing. Everyone without an attack label is honest.
 */
final class PrincipalScore {
  private static final String ROLE_OF_MOST = "people";

  private final TraceLabels labels;
  private final QueryLog queries;
  private final Map<String, AttackLabel> attackers = new LinkedHashMap<>();
  private final Map<String, Long> foundAtMillis = new HashMap<>();
  private final Map<String, Integer> falseAlarmRoles = new TreeMap<>();
  private int falseAlarms;

  PrincipalScore(TraceLabels labels, QueryLog queries, List<OpenedIncident> incidents) {
    this.labels = labels;
    this.queries = queries;
    for (AttackLabel label : labels.principals()) {
      attackers.merge(label.principal(), label, PrincipalScore::earlier);
    }
    judge(incidents);
  }

  private static AttackLabel earlier(AttackLabel one, AttackLabel other) {
    return other.from() < one.from() ? other : one;
  }

  private void judge(List<OpenedIncident> incidents) {
    Map<String, Long> accused = new LinkedHashMap<>();
    incidents.stream()
        .flatMap(incident -> incident.accusations().stream())
        .filter(PrincipalScore.this::isNotBeforeItsAttack)
        .forEach(named -> accused.merge(named.principal(), named.atMillis(), Math::min));
    accused.forEach(
        (principal, atMillis) -> {
          if (attackers.containsKey(principal)) {
            foundAtMillis.put(principal, atMillis);
          } else {
            falseAlarms++;
            String role = labels.roles().getOrDefault(principal, ROLE_OF_MOST);
            falseAlarmRoles.merge(role, 1, Integer::sum);
          }
        });
  }

  private boolean isNotBeforeItsAttack(Accusation accusation) {
    AttackLabel attack = attackers.get(accusation.principal());
    return attack == null || accusation.atMillis() >= attack.from();
  }

  int falseAlarms() {
    return falseAlarms;
  }

  Principals principals() {
    int seen = queries.principals().size();
    int attacking = (int) queries.principals().stream().filter(attackers::containsKey).count();
    return new Principals(
        seen, attacking, seen - attacking, foundAtMillis.size(), falseAlarms, falseAlarmRoles);
  }

  List<Attack> attacks() {
    Map<String, List<AttackLabel>> byType = new TreeMap<>();
    for (AttackLabel label : attackers.values()) {
      byType.computeIfAbsent(label.attack(), unseen -> new ArrayList<>()).add(label);
    }
    return byType.entrySet().stream().map(e -> attack(e.getKey(), e.getValue())).toList();
  }

  private Attack attack(String type, List<AttackLabel> labelled) {
    List<Long> delays = new ArrayList<>();
    List<Double> fidelities = new ArrayList<>();
    for (AttackLabel label : labelled) {
      Long atMillis = foundAtMillis.get(label.principal());
      if (atMillis == null) {
        continue;
      }
      delays.add(queries.queriesOf(label.principal(), label.from(), atMillis));
      Double fidelity = fidelityAt(label, atMillis);
      if (fidelity != null) {
        fidelities.add(fidelity);
      }
    }
    delays.sort(Comparator.naturalOrder());
    fidelities.sort(Comparator.naturalOrder());
    return new Attack(
        type,
        labelled.size(),
        delays.size(),
        NearestRank.of(delays, labelled.size(), .5),
        NearestRank.of(delays, labelled.size(), .9),
        NearestRank.of(fidelities, fidelities.size(), .5),
        finalFidelity(labelled));
  }

  /** What the principal's campaign, all its accounts together, had reached by then. */
  private @Nullable Double fidelityAt(AttackLabel label, long atMillis) {
    Campaign campaign = campaignOf(label);
    if (campaign == null) {
      return null;
    }
    long asked = 0;
    for (AttackLabel member : attackers.values()) {
      if (member.campaign() != null && member.campaign().equals(label.campaign())) {
        asked += queries.queriesOf(member.principal(), member.from(), atMillis);
      }
    }
    return CampaignScore.fidelityAfter(campaign, asked);
  }

  private @Nullable Double finalFidelity(List<AttackLabel> labelled) {
    Set<String> names = new TreeSet<>();
    for (AttackLabel label : labelled) {
      if (label.campaign() != null) {
        names.add(label.campaign());
      }
    }
    List<Double> last = new ArrayList<>();
    for (String name : names) {
      Double reached = CampaignScore.fidelityAfter(labels.campaigns().get(name), Long.MAX_VALUE);
      if (reached != null) {
        last.add(reached);
      }
    }
    last.sort(Comparator.naturalOrder());
    return NearestRank.of(last, last.size(), .5);
  }

  private @Nullable Campaign campaignOf(AttackLabel label) {
    return label.campaign() == null ? null : labels.campaigns().get(label.campaign());
  }
}
