package io.inferwarden.app.backtest;

import io.inferwarden.app.backtest.BacktestReport.Attack;
import io.inferwarden.app.backtest.BacktestReport.Change;
import io.inferwarden.app.backtest.BacktestReport.Models;
import io.inferwarden.app.backtest.BacktestReport.Principals;
import io.inferwarden.app.backtest.BacktestReport.ReportedCampaign;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A backtest report as plain text for a terminal. */
public final class BacktestSummary {
  private BacktestSummary() {}

  /** Several lines, each ended by a newline; no colours. */
  public static String text(BacktestReport report) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%,d events in %.1f s (%,d a second), %,d rejected, %,d principals, %,d incidents",
        report.events(),
        report.seconds(),
        report.eventsPerSecond(),
        report.rejected(),
        report.principals().total(),
        report.incidents().size());
    if (report.principals().attacking() == null) {
      line(text, "No labels: what was found cannot be told from false alarms.");
    } else {
      attacks(text, report.attacks());
      campaigns(text, report.campaigns());
      principals(text, report.principals());
      models(text, report.models());
    }
    BacktestReport.Budget budget = report.budget();
    line(
        text,
        "Budget: %.2f false incidents promised, %.2f spent%s",
        budget.promised(),
        budget.spent(),
        budget.observedFalse() == null ? "" : ", " + budget.observedFalse() + " seen");
    return text.toString();
  }

  private static void attacks(StringBuilder text, List<Attack> attacks) {
    if (attacks.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "attack",
            "accounts",
            "found",
            "median queries",
            "p90 queries",
            "copy when found",
            "copy at end"));
    for (Attack attack : attacks) {
      rows.add(
          List.of(
              attack.type(),
              Integer.toString(attack.principals()),
              Integer.toString(attack.detected()),
              orDash(attack.medianQueriesToDetect()),
              orDash(attack.p90QueriesToDetect()),
              percent(attack.medianFidelityAtDetection()),
              percent(attack.finalFidelity())));
    }
    table(text, rows);
  }

  /** Rings only: of a single account the table of attacks says all. */
  private static void campaigns(StringBuilder text, List<ReportedCampaign> campaigns) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "ring", "accounts", "in one incident", "strangers", "queries each", "copy when found"));
    for (ReportedCampaign campaign : campaigns) {
      if (campaign.accounts() > 1) {
        rows.add(
            List.of(
                campaign.attack(),
                Integer.toString(campaign.accounts()),
                Integer.toString(campaign.namedByIncident()),
                Integer.toString(campaign.strangers()),
                orDash(campaign.medianQueriesPerAccount()),
                percent(campaign.fidelityAtDetection())));
      }
    }
    if (rows.size() > 1) {
      table(text, rows);
    }
  }

  private static void principals(StringBuilder text, Principals principals) {
    Map<String, Integer> roles = principals.falseAlarmRoles();
    String who =
        roles == null || roles.isEmpty()
            ? ""
            : roles.entrySet().stream()
                .map(role -> role.getValue() + " " + role.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    line(
        text,
        "Attackers found: %s of %s. Wrongly accused: %s of %s%s",
        principals.detected(),
        principals.attacking(),
        principals.falseAlarms(),
        principals.benign(),
        who);
  }

  private static void models(StringBuilder text, Models models) {
    line(
        text,
        "Model changes found: %s of %s. False alarms: %s",
        models.detected(),
        models.expected(),
        models.falseAlarms());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", "change", "expected", "outcome", "delay", "events", "first cause"));
    for (Change change : models.changes()) {
      rows.add(
          List.of(
              change.model(),
              change.change(),
              change.expected().name().toLowerCase(Locale.ROOT),
              outcome(change),
              duration(change.delaySeconds()),
              orDash(change.delayEvents()),
              orDash(change.topCause())));
    }
    if (rows.size() > 1) {
      table(text, rows);
    }
  }

  private static String outcome(Change change) {
    if (change.expected() == Expected.ALERT) {
      return change.detected() ? "found" : "missed";
    }
    if (change.detected()) {
      return "false alarm";
    }
    return Boolean.TRUE.equals(change.explained()) ? "explained" : "quiet";
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < columns; column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        line.append(' ').append(row.get(column));
        line.append(" ".repeat(width - row.get(column).length() + 1));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static void line(StringBuilder text, String format, @Nullable Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String orDash(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String duration(@Nullable Double seconds) {
    if (seconds == null) {
      return "-";
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
