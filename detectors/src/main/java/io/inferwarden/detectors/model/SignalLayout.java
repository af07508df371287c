package io.inferwarden.detectors.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which signal is read from what of an observation. Immutable. */
final class SignalLayout {
  static final String LABEL = "output.label";
  static final String CONFIDENCE = "output.confidence";
  static final String VALUE = "output.value";

  /** Index of a signal that the model does not have. */
  static final int ABSENT = -1;

  private final SignalBins[] bins;
  private final String[] names;
  private final int inputs;
  private final Map<String, Integer> inputByName = new HashMap<>();
  private final int label;
  private final int confidence;
  private final int value;

  /** Inputs come before outputs. */
  SignalLayout(List<SignalBaseline> signals) {
    this.bins = signals.stream().map(SignalBaseline::bins).toArray(SignalBins[]::new);
    this.names = signals.stream().map(SignalBaseline::name).toArray(String[]::new);
    int inputCount = 0;
    while (inputCount < names.length && signals.get(inputCount).group() == SignalGroup.INPUT) {
      inputByName.put(names[inputCount], inputCount);
      inputCount++;
    }
    this.inputs = inputCount;
    this.label = output(LABEL);
    this.confidence = output(CONFIDENCE);
    this.value = output(VALUE);
  }

  private int output(String name) {
    for (int s = inputs; s < names.length; s++) {
      if (names[s].equals(name)) {
        return s;
      }
    }
    return ABSENT;
  }

  int signals() {
    return bins.length;
  }

  int inputs() {
    return inputs;
  }

  SignalBins bins(int signal) {
    return bins[signal];
  }

  int label() {
    return label;
  }

  int confidence() {
    return confidence;
  }

  int value() {
    return value;
  }

  boolean isNamed(int signal, String name) {
    return names[signal].equals(name);
  }

  int input(String name) {
    Integer index = inputByName.get(name);
    return index == null ? ABSENT : index;
  }
}
