package io.inferwarden.detectors.model;

/** What a signal is about; the weight of a model's evidence is shared among the groups. */
public enum SignalGroup {
  /** What the model is asked. */
  INPUT(0, .45),

  /** What the model answers. */
  OUTPUT(1, .45),

  /** How it is served: the shape of requests, latency, status. Counts for little of a level. */
  OPERATION(2, .1);

  private final int code;
  private final double weight;

  SignalGroup(int code, double weight) {
    this.code = code;
    this.weight = weight;
  }

  /**
   * @throws IllegalArgumentException when no group has this number
   */
  static SignalGroup ofCode(int code) {
    return switch (code) {
      case 0 -> INPUT;
      case 1 -> OUTPUT;
      case 2 -> OPERATION;
      default -> throw new IllegalArgumentException("signal group must be 0 to 2, was " + code);
    };
  }

  /** The number of the stored form, which never changes. */
  int code() {
    return code;
  }

  /** Weight in the level of a model that has signals of all groups. */
  double weight() {
    return weight;
  }
}
