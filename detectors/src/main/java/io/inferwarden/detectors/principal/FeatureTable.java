package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The features of a model, by name. A feature that an event lacks is missing, one that the learning
 * did not have is ignored.
 */
final class FeatureTable {
  private static final int MAXIMUM_FEATURES = 256;
  private static final int MAXIMUM_COLUMNS = 256;

  private final List<String> names;
  private final FeatureCoding[] features;
  private final int[] usualOrder;
  private final int[] columnOffsets;
  private final Map<String, Integer> indexByName = new HashMap<>();

  /**
   * @param names of the features, sorted
   * @param usualOrder which feature is usually found at each position of an event; a guess that
   *     spares a look-up
   */
  private FeatureTable(List<String> names, FeatureCoding[] features, int[] usualOrder) {
    this.names = names;
    this.features = features;
    this.usualOrder = usualOrder;
    this.columnOffsets = new int[features.length + 1];
    for (int i = 0; i < features.length; i++) {
      indexByName.put(names.get(i), i);
      columnOffsets[i + 1] = columnOffsets[i] + features[i].columns();
    }
  }

  static FeatureTable learn(List<LearningSample> samples) {
    List<String> names = usualNames(samples);
    Map<String, FeatureValues> values = new HashMap<>();
    names.forEach(name -> values.put(name, new FeatureValues()));
    for (LearningSample sample : samples) {
      Observation event = sample.observation();
      for (int i = 0; i < event.featureCount(); i++) {
        FeatureValues of = values.get(event.featureName(i));
        if (of != null) {
          of.add(sample.principal(), event.featureNumber(i), event.featureWord(i));
        }
      }
    }
    int principals = (int) samples.stream().map(LearningSample::principal).distinct().count();
    int wordFeatures = (int) values.values().stream().filter(FeatureValues::hasWords).count();
    int wordColumns = (MAXIMUM_COLUMNS - names.size() + wordFeatures) / Math.max(1, wordFeatures);
    FeatureCoding[] features =
        names.stream()
            .map(name -> values.getOrDefault(name, new FeatureValues()))
            .map(of -> of.toCoding(samples.size(), principals, wordColumns))
            .toArray(FeatureCoding[]::new);
    return new FeatureTable(names, features, usualOrder(samples, names));
  }

  private static List<String> usualNames(List<LearningSample> samples) {
    Map<String, Integer> counts = new TreeMap<>();
    for (LearningSample sample : samples) {
      Observation event = sample.observation();
      for (int i = 0; i < event.featureCount(); i++) {
        counts.merge(event.featureName(i), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MAXIMUM_FEATURES)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static int[] usualOrder(List<LearningSample> samples, List<String> names) {
    Observation longest =
        samples.stream()
            .map(LearningSample::observation)
            .max(Comparator.comparingInt(Observation::featureCount))
            .orElseThrow();
    int[] order = new int[longest.featureCount()];
    for (int i = 0; i < order.length; i++) {
      order[i] = Math.max(0, names.indexOf(longest.featureName(i)));
    }
    return order;
  }

  int size() {
    return features.length;
  }

  int columns() {
    return columnOffsets[features.length];
  }

  FeatureCoding feature(int index) {
    return features[index];
  }

  EncodedInput newInput() {
    return new EncodedInput(features.length, columns());
  }

  void encode(Observation event, EncodedInput input) {
    input.event++;
    input.outside = 0;
    for (int i = 0; i < event.featureCount(); i++) {
      int index = indexOf(event.featureName(i), i);
      if (index >= 0) {
        input.seenIn[index] = input.event;
        FeatureCoding feature = features[index];
        double number = event.featureNumber(i);
        put(index, number, feature.code(number, event.featureWord(i)), input);
      }
    }
    for (int index = 0; index < features.length; index++) {
      if (input.seenIn[index] != input.event) {
        put(index, Double.NaN, features[index].code(Double.NaN, null), input);
      }
    }
  }

  private void put(int index, double number, int code, EncodedInput input) {
    FeatureCoding feature = features[index];
    input.codes[index] = code;
    input.coarse[index] = feature.coarse(number, code);
    input.outside += feature.isOutside(number, code) ? 1 : 0;
    feature.standardise(number, code, input.columns, columnOffsets[index]);
  }

  private int indexOf(String name, int position) {
    if (position < usualOrder.length && names.get(usualOrder[position]).equals(name)) {
      return usualOrder[position];
    }
    Integer index = indexByName.get(name);
    return index == null ? -1 : index;
  }

  void writeTo(StateWriter out) {
    out.writeInt(features.length);
    for (int i = 0; i < features.length; i++) {
      out.writeString(names.get(i));
      features[i].writeTo(out);
    }
    out.writeInt(usualOrder.length);
    Arrays.stream(usualOrder).forEach(out::writeShort);
  }

  static FeatureTable readFrom(StateReader in) {
    int size = in.readInt();
    if (size < 0 || size > MAXIMUM_FEATURES) {
      throw new IllegalArgumentException(
          "features must be in [0, " + MAXIMUM_FEATURES + "], was " + size);
    }
    List<String> names = new ArrayList<>(size);
    FeatureCoding[] features = new FeatureCoding[size];
    for (int i = 0; i < size; i++) {
      names.add(in.readString());
      features[i] = FeatureCoding.readFrom(in);
    }
    int[] usualOrder = new int[Math.max(0, in.readInt())];
    for (int i = 0; i < usualOrder.length; i++) {
      usualOrder[i] = in.readShort();
    }
    return new FeatureTable(List.copyOf(names), features, usualOrder);
  }
}
