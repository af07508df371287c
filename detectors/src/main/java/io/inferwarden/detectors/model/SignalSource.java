package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads one signal of an event. */
interface SignalSource {
  /** The value where it is a number; NaN otherwise. */
  double number(Observation observation);

  /** The value where it is a word; null otherwise. */
  @Nullable String word(Observation observation);

  /** The input feature of this name. For one thread. */
  static SignalSource feature(String name) {
    return new FeatureSource(name);
  }

  /** A word. */
  static SignalSource ofWord(Function<Observation, @Nullable String> reader) {
    return new SignalSource() {
      @Override
      public double number(Observation observation) {
        return Double.NaN;
      }

      @Override
      public @Nullable String word(Observation observation) {
        return reader.apply(observation);
      }
    };
  }

  /** A number. */
  static SignalSource ofNumber(ToDoubleFunction<Observation> reader) {
    return new SignalSource() {
      @Override
      public double number(Observation observation) {
        return reader.applyAsDouble(observation);
      }

      @Override
      public @Nullable String word(Observation observation) {
        return null;
      }
    };
  }
}
