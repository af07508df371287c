package io.inferwarden.detectors.principal;

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
    "lowest 10 %", "lowest 10 to 30 %", "middle 30 to 70 %", "highest 30 %"
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
      case MARGIN -> describeTail("a confidence margin", bin);
      case DISTANCE -> describeTail("a distance to its nearest recent input", bin);
      case PROBING -> describeUpper("an odd input near the decision boundary", bin);
      case STRANGE -> describeUpper("an input unusual for its predicted label", bin);
      case JOINT_BY_TYPICAL ->
          "feature values that go together as in the "
              + CELL_NAMES[bin / SignalCuts.CELL_SIDE]
              + " and are each as usual as in the "
              + CELL_NAMES[bin % SignalCuts.CELL_SIDE];
      case MARGIN_BY_DISTANCE ->
          "a confidence margin in the "
              + CELL_NAMES[bin / SignalCuts.CELL_SIDE]
              + " and a distance to its nearest recent input in the "
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
      return what + " in the lowest " + range(from, to);
    }
    if (from >= 0.875) {
      return what + " in the highest " + range(1 - to, 1 - from);
    }
    return what + " in the middle, " + range(from, to);
  }

  private static String describeUpper(String what, int bin) {
    if (bin == 0) {
      return what + " (least odd " + percent(SignalCuts.UPPER[0]) + ")";
    }
    double from = 1 - SignalCuts.UPPER[bin - 1];
    return bin == SignalCuts.UPPER.length
        ? what + " (oddest " + percent(from) + ")"
        : what + " (oddest " + range(1 - SignalCuts.UPPER[bin], from) + ")";
  }

  private static String range(double from, double to) {
    String low = percent(from);
    return low.substring(0, low.length() - 2) + " to " + percent(to);
  }

  /** Without a formatter: a suspect is described anew whenever it grows more suspicious. */
  private static String percent(double share) {
    long tenths = Math.round(share * 1000);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " %";
  }
}
