package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;

/** Measures an event against the inputs and labels that are usual for the model. */
record InputModel(
    LabelTable labels,
    FeatureTable features,
    Typicality typicality,
    JointTypicality jointTypicality,
    LabelDistance labelDistance,
    Projection projection) {

  static InputModel learn(List<LearningSample> samples) {
    LabelTable labels = LabelTable.learn(samples);
    FeatureTable features = FeatureTable.learn(samples);
    return new InputModel(
        labels,
        features,
        Typicality.learn(features, samples),
        JointTypicality.learn(features, samples),
        LabelDistance.learn(features, labels, samples),
        Projection.learn(features, samples));
  }

  EventMeasures newMeasures() {
    return new EventMeasures(features);
  }

  /** Measures the event, and adds its input to the ring of its principal unless it is a repeat. */
  void measure(Observation event, PrincipalState state, EventMeasures measures) {
    measures.label = labels.slotOf(event.label());
    measureScores(event, measures);
    measures.repeat = false;
    measures.typical = Float.NaN;
    measures.joint = Float.NaN;
    measures.far = Float.NaN;
    measures.near = Float.NaN;
    measures.outside = 0;
    measures.slot = -1;
    if (event.featureCount() > 0 && features.size() > 0) {
      measureInput(event, state, measures);
    }
  }

  private void measureInput(Observation event, PrincipalState principal, EventMeasures measures) {
    byte[] state = principal.bytes();
    EncodedInput input = measures.input;
    features.encode(event, input);
    projection.project(input, measures.projected);
    projection.encode(measures.projected, measures.projectionCodes, measures.positions);
    long fingerprint = event.inputFingerprint();
    if (InputRing.contains(state, measures.projectionCodes, fingerprint)) {
      measures.repeat = true;
    } else {
      measures.near = InputRing.nearest(state, measures.projected, projection, measures.squares);
      measures.slot = InputRing.nextSlot(state);
      measures.kept = InputRing.size(state);
      principal.bytes(InputRing.add(state, measures.projectionCodes, fingerprint));
    }
    measures.outside = input.outside;
    measures.typical = typicality.of(input);
    measures.joint = jointTypicality.of(input);
    if (measures.label >= 0) {
      measures.far = labelDistance.of(measures.label, input, measures.work);
    }
  }

  private static void measureScores(Observation event, EventMeasures measures) {
    int scores = event.scoreCount();
    double best = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores; i++) {
      double score = event.score(i);
      if (score > best) {
        second = best;
        best = score;
      } else if (score > second) {
        second = score;
      }
    }
    if (scores == 1) {
      best = Math.max(best, 1 - best);
      second = 1 - best;
    }
    measures.best = scores == 0 ? Float.NaN : (float) best;
    measures.margin = scores == 0 ? Float.NaN : (float) (best - second);
  }

  void writeTo(StateWriter out) {
    labels.writeTo(out);
    features.writeTo(out);
    typicality.writeTo(out);
    jointTypicality.writeTo(out);
    labelDistance.writeTo(out);
    projection.writeTo(out);
  }

  static InputModel readFrom(StateReader in) {
    return new InputModel(
        LabelTable.readFrom(in),
        FeatureTable.readFrom(in),
        Typicality.readFrom(in),
        JointTypicality.readFrom(in),
        LabelDistance.readFrom(in),
        Projection.readFrom(in));
  }
}
