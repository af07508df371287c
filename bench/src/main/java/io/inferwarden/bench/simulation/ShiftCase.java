package io.inferwarden.bench.simulation;

import java.util.List;

/**
 * A shift of known size in an otherwise stable stream.
 *
 * @param name what shifts, and by how much
 * @param values draws its panes, shifted from a given pane on
 */
record ShiftCase(String name, Shifted values) {

  /** Makes a source that shifts at pane {@code from}. */
  @FunctionalInterface
  interface Shifted {
    PaneSource of(StreamRandom random, int from);
  }

  /** Position of the rare word of {@link WordStreams#USUAL} that becomes more frequent. */
  private static final int RARE = 4;

  /** The shifts of {@code reference/null_check.py}. */
  static List<ShiftCase> ofTheReference() {
    return List.of(
        mean(.2),
        mean(.3),
        mean(.5),
        mean(1),
        deviation(1.2),
        deviation(1.5),
        missing(.02),
        missing(.1),
        missing(.3),
        rare(1.5),
        rare(2),
        rare(4),
        unseen(.02),
        unseen(.1));
  }

  /** The mean of a normal feature moves by so many standard deviations. */
  static ShiftCase mean(double by) {
    return numbers("mean + " + by + " sd", (random, value) -> value + by);
  }

  private static ShiftCase deviation(double factor) {
    return numbers("sd x " + factor, (random, value) -> value * factor);
  }

  private static ShiftCase missing(double share) {
    return numbers(
        "nulls " + percent(share),
        (random, value) -> random.uniform() < share ? Double.NaN : value);
  }

  /** What a shift makes of a value. */
  @FunctionalInterface
  private interface Change {
    double of(StreamRandom random, double value);
  }

  private static ShiftCase numbers(String name, Change change) {
    return new ShiftCase(
        name,
        (random, from) ->
            (start, pane, events) -> {
              double[] values = random.normals(events);
              for (int i = 0; pane >= from && i < events; i++) {
                values[i] = change.of(random, values[i]);
              }
              return Pane.of(start, new Column.Numbers(values));
            });
  }

  private static ShiftCase rare(double factor) {
    double[] shifted = WordStreams.USUAL.clone();
    double excess = shifted[RARE] * (factor - 1);
    shifted[RARE] += excess;
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] /= 1 + excess;
    }
    return new ShiftCase(
        "rare word x " + factor,
        (random, from) ->
            (start, pane, events) ->
                WordStreams.pane(
                    random, start, events, pane >= from ? shifted : WordStreams.USUAL));
  }

  private static ShiftCase unseen(double share) {
    return new ShiftCase(
        "new word " + percent(share),
        (random, from) ->
            (start, pane, events) -> {
              String[] words = WordStreams.words(random, events, WordStreams.USUAL);
              for (int i = 0; pane >= from && i < events; i++) {
                words[i] = random.uniform() < share ? "new" : words[i];
              }
              return Pane.of(start, new Column.Words(words));
            });
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }
}
