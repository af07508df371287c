package io.inferwarden.detectors.chat;

import java.util.Locale;

/** The observables of a prompt and its answer that evidence is kept of. */
enum ChatSignal {
  /** How many tactics of attacks the prompt shows: 0, 1, 2, 3 or more. */
  TACTICS(0, "tactics of attacks", 2),
  /** 3: two tactics or more; 2: asks for hidden instructions; 1: for memorised data; 0: none. */
  SEVERE(1, "severity of the tactics", 2),
  /** {@code ln(1 + output tokens)}. */
  OUT(2, "length of the answers", 2),
  /** Distinct words over words of the prompt. */
  VARIETY(3, "variety of the words", 2),
  /** Mean log frequency of the words of the prompt. */
  TYPICAL(4, "how usual the words are", 1),
  /** {@code ln(1 + input tokens)}. */
  IN(5, "length of the prompts", 1);

  static final int SEVERE_INSTRUCTIONS = 2;
  static final int SEVERE_MEMORY = 1;
  static final int SEVERE_SEVERAL = 3;

  /** Bins of the signals that are not cut by quantiles. */
  static final int TACTIC_BINS = 4;

  private static final String[] TACTIC_NAMES = {
    "a prompt without tactics of attacks",
    "a prompt with one tactic of attacks",
    "a prompt with two tactics of attacks",
    "a prompt with three or more tactics of attacks"
  };
  private static final String[] SEVERE_NAMES = {
    "a prompt that asks for nothing suspicious",
    "a prompt that asks for memorised training data",
    "a prompt that asks for the hidden instructions",
    "a prompt that combines tactics of attacks"
  };

  private final int position;
  private final String plainName;
  private final int weight;

  ChatSignal(int position, String plainName, int weight) {
    this.position = position;
    this.plainName = plainName;
    this.weight = weight;
  }

  /** Where the signal stands in an array of all; part of the binary form. */
  int position() {
    return position;
  }

  static ChatSignal at(int position) {
    for (ChatSignal signal : values()) {
      if (signal.position == position) {
        return signal;
      }
    }
    throw new IllegalArgumentException("position must be that of a signal, was " + position);
  }

  /** The signal in plain words. */
  String plainName() {
    return plainName;
  }

  /** Its part of the level, relative to the other signals. */
  int weight() {
    return weight;
  }

  /** Whether only more of it speaks of abuse. */
  boolean onlyMoreIsAbuse() {
    return this == TACTICS || this == SEVERE;
  }

  /**
   * One of its bins in plain words.
   *
   * @param edges of the bins, empty for tactics and severity
   * @param centre the usual share of each bin
   */
  String describe(int bin, double[] edges, double[] centre) {
    return switch (this) {
      case TACTICS -> TACTIC_NAMES[bin];
      case SEVERE -> SEVERE_NAMES[bin];
      case OUT -> "an answer of " + tokens(bin, edges);
      case IN -> "a prompt of " + tokens(bin, edges);
      case VARIETY -> "a prompt with a variety of words " + variety(bin, edges);
      case TYPICAL -> "a prompt with words among the " + typicality(bin, centre);
    };
  }

  private static String tokens(int bin, double[] edges) {
    if (bin == 0) {
      return "fewer than " + (long) Math.ceil(Math.expm1(edges[0])) + " tokens";
    }
    long from = (long) Math.ceil(Math.expm1(edges[bin - 1]) - 1e-6);
    return bin == edges.length
        ? "at least " + from + " tokens"
        : from + " to " + (long) Math.ceil(Math.expm1(edges[bin]) - 1e-6) + " tokens";
  }

  private static String variety(int bin, double[] edges) {
    if (bin == 0) {
      return "below " + percent(edges[0]);
    }
    return bin == edges.length
        ? "of " + percent(edges[bin - 1]) + " or more"
        : "from " + percent(edges[bin - 1]) + " to " + percent(edges[bin]);
  }

  private static String typicality(int bin, double[] centre) {
    double before = 0;
    for (int i = 0; i < bin; i++) {
      before += centre[i];
    }
    double through = before + centre[bin];
    return through <= 0.5 || before < 1 - through
        ? "least usual " + percent(through)
        : "most usual " + percent(1 - before);
  }

  private static String percent(double share) {
    double percent = 100 * Math.max(0, Math.min(1, share));
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }
}
