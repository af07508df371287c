package io.inferwarden.bench.simulation;

/** Streams of one categorical feature whose law does not change. */
final class WordStreams {
  static final double[] USUAL = {.4, .25, .15, .1, .07, .03};
  private static final double[] AT_NOON = {.2, .1, .3, .2, .1, .1};
  private static final String[] NAMES = {"a", "b", "c", "d", "e", "f"};
  private static final int MOST_VALUES = 1_000_000;

  private WordStreams() {}

  /** Words drawn with these probabilities. */
  static String[] words(StreamRandom random, int count, double[] probabilities) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      words[i] = NAMES[random.choice(probabilities)];
    }
    return words;
  }

  /** A pane of words drawn with these probabilities. */
  static Pane pane(StreamRandom random, long start, int events, double[] probabilities) {
    return Pane.of(start, new Column.Words(words(random, events, probabilities)));
  }

  static PaneSource words(StreamRandom random) {
    return (start, pane, events) -> pane(random, start, events, USUAL);
  }

  /** Zeta of exponent 1.5: new values never cease to come. */
  static PaneSource zipf(StreamRandom random) {
    return (start, pane, events) -> {
      String[] words = new String[events];
      for (int i = 0; i < events; i++) {
        words[i] = "c" + random.zeta(1.5, MOST_VALUES);
      }
      return Pane.of(start, new Column.Words(words));
    };
  }

  /** Probabilities that vary from pane to pane around the usual ones, with this concentration. */
  static PaneSource.Factory overdispersed(double kappa) {
    return random ->
        (start, pane, events) -> pane(random, start, events, random.dirichlet(kappa, USUAL));
  }

  /** Counts of a pane of 25 events have {@code designEffect} times the multinomial variance. */
  static PaneSource.Factory designEffect(double designEffect) {
    return overdispersed((25 - designEffect) / (designEffect - 1));
  }

  static PaneSource smoothSeason(StreamRandom random) {
    return (start, pane, events) -> {
      double usual = .5 + .5 * Math.cos(2 * Math.PI * (pane % 24) / 24);
      double[] probabilities = new double[USUAL.length];
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] = usual * USUAL[k] + (1 - usual) * AT_NOON[k];
      }
      return pane(random, start, events, probabilities);
    };
  }
}
