package io.inferwarden.bench.simulation;

import org.jspecify.annotations.Nullable;

/** The values of one feature in the events of a pane. */
sealed interface Column {
  int size();

  /** The value of an event where it is a number; NaN for a word or a null. */
  double number(int event);

  /** The value of an event where it is a word; null otherwise. */
  @Nullable String word(int event);

  /** Numbers, NaN where there is no value. The array is not copied, nor changed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each pane would cost
  record Numbers(double[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double number(int event) {
      return values[event];
    }

    @Override
    public @Nullable String word(int event) {
      return null;
    }
  }

  /** Words. The array is not copied, nor changed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each pane would cost
  record Words(String[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double number(int event) {
      return Double.NaN;
    }

    @Override
    public String word(int event) {
      return values[event];
    }
  }
}
