package io.inferwarden.bench.simulation;

import io.inferwarden.bench.simulation.rival.NumberRule;
import io.inferwarden.bench.simulation.rival.Rival;
import io.inferwarden.bench.simulation.rival.WordRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another detector over the features of one simulated model. It alarms in a pane where it alarms
 * for any feature; Evidently where it does for half of them, its rule for a data set. Nulls are
 * left out, as these detectors do.
 */
final class RivalWatch {
  /** Judges one feature of a pane. */
  @FunctionalInterface
  private interface ColumnRule {
    boolean alarms(Column column);
  }

  private final List<ColumnRule> rules;
  private final int least;
  private int alarms;

  private RivalWatch(List<ColumnRule> rules, int least) {
    this.rules = rules;
    this.least = least;
  }

  /** Learns all rivals that have a rule for every feature. */
  static Map<Rival, RivalWatch> all(List<Pane> learning) {
    Map<Rival, RivalWatch> watches = new EnumMap<>(Rival.class);
    for (Rival rival : Rival.values()) {
      RivalWatch watch = learn(rival, learning);
      if (watch != null) {
        watches.put(rival, watch);
      }
    }
    return watches;
  }

  /** Learns the features; null where the detector has no rule for one of them. */
  private static @Nullable RivalWatch learn(Rival rival, List<Pane> learning) {
    List<ColumnRule> rules = new ArrayList<>();
    int columns = learning.get(0).columns().size();
    for (int c = 0; c < columns; c++) {
      int own = c;
      List<Column> values = learning.stream().map(pane -> pane.columns().get(own)).toList();
      ColumnRule rule = rule(rival, values);
      if (rule == null) {
        return null;
      }
      rules.add(rule);
    }
    return new RivalWatch(rules, rival == Rival.EVIDENTLY ? (columns + 1) / 2 : 1);
  }

  private static @Nullable ColumnRule rule(Rival rival, List<Column> reference) {
    if (reference.get(0) instanceof Column.Numbers) {
      NumberRule rule =
          rival.ofNumbers(
              reference.stream()
                  .flatMapToDouble(column -> Arrays.stream(numbers(column)))
                  .toArray());
      return column -> {
        double[] values = numbers(column);
        return values.length > 0 && rule.alarms(values);
      };
    }
    WordRule rule =
        rival.ofWords(
            reference.stream()
                .flatMap(column -> Arrays.stream(words(column)))
                .toArray(String[]::new));
    return rule == null ? null : column -> column.size() > 0 && rule.alarms(words(column));
  }

  private static double[] numbers(Column column) {
    double[] values = new double[column.size()];
    int known = 0;
    for (int i = 0; i < values.length; i++) {
      double value = column.number(i);
      values[known] = value;
      known += Double.isNaN(value) ? 0 : 1;
    }
    return known == values.length ? values : Arrays.copyOf(values, known);
  }

  private static String[] words(Column column) {
    String[] words = new String[column.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = String.valueOf(column.word(i));
    }
    return words;
  }

  /** Judges the next pane; every feature is shown to its rule. */
  boolean judge(Pane pane) {
    int alarming = 0;
    for (int c = 0; c < rules.size(); c++) {
      alarming += rules.get(c).alarms(pane.columns().get(c)) ? 1 : 0;
    }
    alarms += alarming >= least ? 1 : 0;
    return alarming >= least;
  }

  /** Panes with an alarm. */
  int alarms() {
    return alarms;
  }
}
