package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The usual labels of a model, most frequent first, and one slot for all others. */
final class LabelTable {
  private static final int MAXIMUM_LABELS = 15;

  private final List<String> labels;
  private final Map<String, Integer> indexByLabel = new HashMap<>();

  private LabelTable(List<String> labels) {
    this.labels = labels;
    for (int i = 0; i < labels.size(); i++) {
      indexByLabel.put(labels.get(i), i);
    }
  }

  static LabelTable learn(List<LearningSample> samples) {
    Map<String, Integer> counts = new HashMap<>();
    for (LearningSample sample : samples) {
      String label = sample.observation().label();
      if (label != null) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    return new LabelTable(
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAXIMUM_LABELS)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Number of slots, the one for all other labels included. */
  int slots() {
    return labels.size() + 1;
  }

  /** The slot of a label; -1 when there is none. */
  int slotOf(@Nullable String label) {
    if (label == null) {
      return -1;
    }
    Integer index = indexByLabel.get(label);
    return index == null ? labels.size() : index;
  }

  String describe(int slot) {
    return slot < labels.size() ? "label " + labels.get(slot) : "a label outside the usual ones";
  }

  void writeTo(StateWriter out) {
    out.writeByte(labels.size());
    labels.forEach(out::writeString);
  }

  static LabelTable readFrom(StateReader in) {
    int size = in.readByte();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      labels.add(in.readString());
    }
    return new LabelTable(List.copyOf(labels));
  }
}
