package io.inferwarden.detectors.principal;

import java.util.Locale;

/** The observables of an event that evidence is kept of. */
enum SignalKind {
  LABEL(0, "predicted label"),
  MARGIN(1, "confidence margin"),
  DISTANCE(2, "distance to its own recent inputs"),
  PROBING(3, "probing near the decision boundary"),
  STRANGE(4, "unusual input for the predicted label"),
  JOINT_BY_TYPICAL(5, "coherence and typicality of the input"),
  MARGIN_BY_DISTANCE(6, "confidence margin and distance to its own recent inputs");

  private static final String[] CELL_NAMES = {
    "lowest 10 %", "10 to 30 %", "30 to 70 %", "highest 30 %"
  };

  private final int position;
  private final String plainName;

  SignalKind(int position, String plainName) {
    this.position = position;
    this.plainName = plainName;
  }

  /** Where the signal stands in an array of all; part of the binary form. */
  int position() {
    return position;
  }

  static SignalKind at(int position) {
    for (SignalKind kind : values()) {
      if (kind.position == position) {
        return kind;
      }
    }
    throw new IllegalArgumentException("position must be that of a signal, was " + position);
  }

  /** The signal in plain words. */
  String plainName() {
    return plainName;
  }

  /** One of its bins in plain words. */
  String describe(int bin, LabelTable labels) {
    return switch (this) {
      case LABEL -> labels.describe(bin);
      case MARGIN -> describeTail("confidence margin", bin);
      case DISTANCE -> describeTail("distance to its nearest recent input", bin);
      case PROBING -> describeUpper("low confidence margin, untypical and incoherent input", bin);
      case STRANGE -> describeUpper("input unusual for the predicted label", bin);
      case JOINT_BY_TYPICAL ->
          "feature values that go together: "
              + CELL_NAMES[bin / SignalCuts.CELL_SIDE]
              + ", each usual by itself: "
              + CELL_NAMES[bin % SignalCuts.CELL_SIDE];
      case MARGIN_BY_DISTANCE ->
          "confidence margin: "
              + CELL_NAMES[bin / SignalCuts.CELL_SIDE]
              + ", distance to its nearest recent input: "
              + CELL_NAMES[bin % SignalCuts.CELL_SIDE];
    };
  }

  private static String describeTail(String what, int bin) {
    double from = bin == 0 ? 0 : SignalCuts.TAIL[bin - 1];
    double to = bin == SignalCuts.TAIL.length ? 1 : SignalCuts.TAIL[bin];
    if (from == 0) {
      return what + " in the lowest " + percent(to);
    }
    if (to == 1) {
      return what + " in the highest " + percent(1 - from);
    }
    if (to <= 0.125) {
      return what + " in the lowest " + percent(to) + ", above the lowest " + percent(from);
    }
    if (from >= 0.875) {
      return what
          + " in the highest "
          + percent(1 - from)
          + ", below the highest "
          + percent(1 - to);
    }
    return what + " usual, ranked between " + percent(from) + " and " + percent(to);
  }

  private static String describeUpper(String what, int bin) {
    if (bin == 0) {
      return what + ": least extreme " + percent(SignalCuts.UPPER[0]);
    }
    String most = what + ": most extreme " + percent(1 - SignalCuts.UPPER[bin - 1]);
    return bin == SignalCuts.UPPER.length
        ? most
        : most + ", below the most extreme " + percent(1 - SignalCuts.UPPER[bin]);
  }

  private static String percent(double share) {
    double percent = Math.round(share * 1000) / 10.0;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f %%", percent)
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
