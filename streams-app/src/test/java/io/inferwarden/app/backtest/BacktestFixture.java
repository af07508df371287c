package io.inferwarden.app.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run saw and what the labels say of it, put together by a test. */
final class BacktestFixture {
  static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();
  final QueryLog log = new QueryLog();
  final List<OpenedIncident> incidents = new ArrayList<>();
  private final List<AttackLabel> attacks = new ArrayList<>();
  private final List<ModelLabel> models = new ArrayList<>();
  Map<String, Campaign> campaigns = Map.of();

  /** One query at each of these seconds. */
  void asks(String principal, int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      log.record(principal, "m", second * 1000L);
    }
  }

  void attacker(String principal, String type, @Nullable String campaign, int fromSecond) {
    attacks.add(new AttackLabel(principal, "m", type, campaign, fromSecond * 1000L, 99_000L, 0));
  }

  void opens(String subject, int second) {
    opens(subject, second, NONE);
  }

  void opens(String subject, int second, JsonNode evidence) {
    incidents.add(
        new OpenedIncident(
            "i" + incidents.size(), subject, "m", "extraction", "high", second * 1000L, evidence));
  }

  void tells(String subject, IncidentKind kind, int second) {
    String id = "i" + incidents.size();
    incidents.add(new OpenedIncident(id, subject, "m", kind.code(), "info", second * 1000L, NONE));
  }

  void change(String model, Expected expected, int second) {
    models.add(new ModelLabel(model, "drift", null, second * 1000L, expected, List.of()));
  }

  BacktestReport score() {
    TraceLabels labels =
        new TraceLabels(attacks, campaigns, Map.of("batch", "nightly-batch"), models);
    return BacktestScore.score(run(), labels);
  }

  BacktestRun run() {
    return new BacktestRun(100, 2, 4, log, incidents, 1, .4);
  }
}
