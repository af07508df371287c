package io.inferwarden.app.backtest;

import io.inferwarden.app.backtest.BacktestReport.ReportedCampaign;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which incident named a campaign's accounts, who else it named, and how good the copy was when the
 * first of them was named.
 */
final class CampaignScore {
  private final TraceLabels labels;
  private final QueryLog queries;
  private final List<OpenedIncident> incidents;

  CampaignScore(TraceLabels labels, QueryLog queries, List<OpenedIncident> incidents) {
    this.labels = labels;
    this.queries = queries;
    this.incidents = incidents;
  }

  /** By name of the campaign. */
  List<ReportedCampaign> campaigns() {
    Map<String, List<AttackLabel>> byName = new TreeMap<>();
    for (AttackLabel label : labels.principals()) {
      if (label.campaign() != null) {
        byName.computeIfAbsent(label.campaign(), unseen -> new ArrayList<>()).add(label);
      }
    }
    return byName.entrySet().stream().map(e -> campaign(e.getKey(), e.getValue())).toList();
  }

  private ReportedCampaign campaign(String name, List<AttackLabel> labelled) {
    Map<String, Long> begins = new HashMap<>();
    labelled.forEach(label -> begins.merge(label.principal(), label.from(), Math::min));
    Map<String, Long> first = new HashMap<>();
    OpenedIncident best = null;
    int bestNamed = 0;
    int bestStrangers = 0;
    for (OpenedIncident incident : incidents) {
      int named = 0;
      int strangers = 0;
      for (OpenedIncident.Accusation accused : incident.accusations()) {
        Long from = begins.get(accused.principal());
        if (from == null) {
          strangers++;
        } else if (accused.atMillis() >= from) {
          named++;
          first.merge(accused.principal(), accused.atMillis(), Math::min);
        }
      }
      if (named > bestNamed) {
        best = incident;
        bestNamed = named;
        bestStrangers = strangers;
      }
    }
    Long detectedAt = first.values().stream().min(Comparator.naturalOrder()).orElse(null);
    Campaign known = labels.campaigns().get(name);
    return new ReportedCampaign(
        name,
        labelled.get(0).attack(),
        begins.size(),
        first.size(),
        best == null ? null : best.id(),
        bestNamed,
        bestStrangers,
        detectedAt == null ? null : asked(begins, detectedAt),
        medianQueries(begins, first),
        detectedAt == null ? null : fidelityAfter(known, asked(begins, detectedAt)),
        fidelityAfter(known, Long.MAX_VALUE));
  }

  private long asked(Map<String, Long> begins, long atMillis) {
    long asked = 0;
    for (Map.Entry<String, Long> account : begins.entrySet()) {
      asked += queries.queriesOf(account.getKey(), account.getValue(), atMillis);
    }
    return asked;
  }

  private @Nullable Long medianQueries(Map<String, Long> begins, Map<String, Long> first) {
    List<Long> delays = new ArrayList<>();
    first.forEach(
        (account, atMillis) -> {
          Long from = begins.get(account);
          if (from != null) {
            delays.add(queries.queriesOf(account, from, atMillis));
          }
        });
    delays.sort(Comparator.naturalOrder());
    return NearestRank.of(delays, begins.size(), .5);
  }

  /** The last fidelity that was measured within so many queries of the campaign. */
  static @Nullable Double fidelityAfter(@Nullable Campaign campaign, long queries) {
    Double reached = null;
    if (campaign != null) {
      for (Progress progress : campaign.progress()) {
        if (progress.queries() <= queries && progress.fidelity() != null) {
          reached = progress.fidelity();
        }
      }
    }
    return reached;
  }
}
