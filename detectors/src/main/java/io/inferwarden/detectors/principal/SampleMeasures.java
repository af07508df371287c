package io.inferwarden.detectors.principal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The measures of all learned events, a column each. */
final class SampleMeasures {
  final int[] labels;
  final float[] margin;
  final float[] typical;
  final float[] joint;
  final float[] far;
  final float[] near;
  final boolean[] repeat;
  final int[] outside;

  /** Distance to one of the principal's recent inputs, each in turn. */
  final float[] pair;

  private SampleMeasures(int size) {
    labels = new int[size];
    margin = new float[size];
    typical = new float[size];
    joint = new float[size];
    far = new float[size];
    near = new float[size];
    repeat = new boolean[size];
    outside = new int[size];
    pair = new float[size];
  }

  static SampleMeasures of(List<LearningSample> samples, InputModel model) {
    SampleMeasures columns = new SampleMeasures(samples.size());
    Map<String, PrincipalState> rings = new HashMap<>();
    EventMeasures event = model.newMeasures();
    for (int i = 0; i < samples.size(); i++) {
      LearningSample sample = samples.get(i);
      PrincipalState ring =
          rings.computeIfAbsent(sample.principal(), who -> new PrincipalState(0, 0));
      model.measure(sample.observation(), ring, event);
      columns.labels[i] = event.label;
      columns.margin[i] = event.margin;
      columns.typical[i] = event.typical;
      columns.joint[i] = event.joint;
      columns.far[i] = event.far;
      columns.near[i] = event.near;
      columns.repeat[i] = event.repeat;
      columns.outside[i] = event.outside;
      columns.pair[i] = pair(event, i);
    }
    return columns;
  }

  private static float pair(EventMeasures event, int turn) {
    return Float.isNaN(event.near)
        ? Float.NaN
        : (float) Math.sqrt(event.squares[turn % event.kept]);
  }

  int size() {
    return labels.length;
  }

  /** Puts the measures of one learned event where the cuts read them. */
  void copyTo(int index, EventMeasures event) {
    event.label = labels[index];
    event.margin = margin[index];
    event.typical = typical[index];
    event.joint = joint[index];
    event.far = far[index];
    event.near = near[index];
    event.repeat = repeat[index];
  }
}
