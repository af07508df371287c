package io.inferwarden.app.baseline;

import io.inferwarden.app.policy.DurationText;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.ShiftKind;
import io.inferwarden.detectors.model.ShiftSight;
import io.inferwarden.detectors.model.SignalProfile;
import io.inferwarden.detectors.model.SignalSight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A baseline in full, for a terminal. */
public final class BaselineDetailText {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** From here on panes differ by no more than the chance of their events. */
  private static final double STEADY_KAPPA = 1e5;

  private static final long HOUR_MILLIS = 3_600_000;
  private static final MathContext SHOWN = new MathContext(4);
  private static final String BLIND = "blind";

  private BaselineDetailText() {}

  /** Several lines: the profile of each signal, then the card of what would be seen. */
  public static String of(BaselineDetail detail) {
    StringBuilder text = new StringBuilder("  What is usual\n");
    for (SignalProfile signal : detail.signals()) {
      text.append(profile(signal));
    }
    BlindnessCard card = detail.card();
    AlarmBudget budget = detail.budget();
    text.append("  What would be seen, at ")
        .append(rounded(card.eventsPerPane()))
        .append(" events a pane of ")
        .append(time((double) card.paneMillis()))
        .append(" and a budget of ")
        .append(rounded(budget.falseIncidentsPerWeek()))
        .append(" false incidents a week (")
        .append(detail.policy())
        .append("),\n  of which ")
        .append(rounded(budget.modelShare() * budget.falseIncidentsPerWeek()))
        .append(" for the inputs and outputs of all models (")
        .append(detail.baseline().modelsKnown())
        .append(" known): the smallest shift seen within\n  a time, and the median time until")
        .append(" a shift of known size is seen, for each signal alone");
    text.append(
        card.horizonMillis() < 7 * 24 * HOUR_MILLIS
            ? "\n  (blind: not seen within " + time((double) card.horizonMillis()) + ")\n"
            : "\n  (blind: not seen within a week)\n");
    table(detail).forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString().stripTrailing();
  }

  private static String profile(SignalProfile signal) {
    double most = signal.bins().stream().mapToDouble(SignalProfile.Bin::share).max().orElse(1);
    StringBuilder bars = new StringBuilder();
    for (SignalProfile.Bin bin : signal.bins()) {
      int height = (int) Math.floor(8 * bin.share() / most);
      bars.append(BARS.charAt(Math.min(7, Math.max(0, height))));
    }
    String bins =
        signal.bins().stream()
            .map(bin -> shortName(bin.name(), signal.name()) + " " + percent(bin.share()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "    %s (%s): %s, %s%s, rests on %.0f events%n      %s  %s%n",
        signal.name(),
        signal.group().name().toLowerCase(Locale.ROOT),
        season(signal.seasonHours()),
        signal.kappa() < STEADY_KAPPA
            ? String.format(Locale.ROOT, "kappa %.0f", signal.kappa())
            : "kappa above 1e5",
        signal.locationSpread() > 0
            ? String.format(Locale.ROOT, ", location varies by %.2f sd", signal.locationSpread())
            : "",
        signal.learnedEvents(),
        bars,
        bins);
  }

  private static String season(int hours) {
    return hours == 0 ? "no season" : hours == 24 ? "by hour of the day" : "by hour of the week";
  }

  private static String shortName(String bin, String signal) {
    String rest = bin.startsWith(signal + " ") ? bin.substring(signal.length() + 1) : bin;
    return rest.startsWith("= ") ? rest.substring(2) : rest;
  }

  private static List<String> table(BaselineDetail detail) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("signal", "shift", "a pane", "an hour", "a day", "a week", "until seen"));
    double pane = (double) detail.card().paneMillis();
    for (int i = 0; i < detail.signals().size(); i++) {
      SignalSight sight = detail.card().signals().get(i);
      double deviation = detail.signals().get(i).deviation();
      for (ShiftSight shift : sight.shifts()) {
        List<String> row = new ArrayList<>();
        row.add(sight.signal());
        row.add(kind(shift.kind(), deviation));
        for (double window :
            new double[] {pane, HOUR_MILLIS, 24.0 * HOUR_MILLIS, 168.0 * HOUR_MILLIS}) {
          OptionalDouble smallest = shift.smallestWithin(window);
          row.add(smallest.isPresent() ? size(shift.kind(), smallest.getAsDouble()) : BLIND);
        }
        row.add(
            shift.standard().stream()
                .map(delay -> size(shift.kind(), delay.size()) + " " + time(delay.medianMillis()))
                .collect(Collectors.joining(", ")));
        rows.add(row);
      }
    }
    return aligned(rows);
  }

  private static List<String> aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String kind(ShiftKind kind, double deviation) {
    return switch (kind) {
      case MEAN -> Double.isNaN(deviation) ? "mean" : "mean, 1 sd = " + rounded(deviation);
      case MISSING -> "missing";
      case NEW_VALUE -> "new value";
      case RARE_VALUE -> "more of the rarest value";
    };
  }

  private static String size(ShiftKind kind, double size) {
    return kind == ShiftKind.MEAN ? number(size) + " sd" : percent(size);
  }

  private static String percent(double share) {
    return number(Math.rint(share * 1000) / 10) + " %";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%s", (float) value);
  }

  private static String rounded(double value) {
    return new BigDecimal(value, SHOWN).stripTrailingZeros().toPlainString();
  }

  private static String time(double millis) {
    return Double.isInfinite(millis)
        ? BLIND
        : DurationText.format(Duration.ofMillis((long) millis));
  }
}
