package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** How one observable of an event becomes a bin. Immutable; the last bin holds what is missing. */
sealed interface SignalBins permits NumberBins, WordBins {
  /** Number of bins. */
  int size();

  /** Bin of a value in {@code [0, size())}: a word, else a number, else (NaN) missing. */
  int bin(double number, @Nullable String word);

  /**
   * Whether a value is of a type that was not learned: a word among numbers, a number among words.
   *
   * @param bin of the value
   */
  boolean isWrongType(double number, @Nullable String word, int bin);

  /** Whether the bins have an order, so that location and spread mean something. */
  boolean isOrdered();

  /** The name of a bin for people. */
  String binName(String signal, int bin);

  /**
   * What must be added to the prior once learning is over, for what no learning pane can hold; as
   * long as there are bins.
   */
  double[] unseen();

  void writeTo(StateWriter writer);

  /** Bin of a missing value. */
  default int missingBin() {
    return size() - 1;
  }

  static SignalBins readFrom(StateReader reader) {
    return reader.readBoolean() ? NumberBins.readFrom(reader) : WordBins.readFrom(reader);
  }
}
