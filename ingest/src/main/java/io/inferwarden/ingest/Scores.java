package io.inferwarden.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The scores of one output, in the order they came, each with a label when given by label. */
public final class Scores {
  private static final int INITIAL_CAPACITY = 16;

  private double[] values = new double[INITIAL_CAPACITY];
  private @Nullable String[] labels = new @Nullable String[INITIAL_CAPACITY];
  private int size;

  Scores() {}

  public int size() {
    return size;
  }

  /** A finite score. */
  public double value(int index) {
    return values[checked(index)];
  }

  /** The label of a score; null when the scores came as an array. */
  public @Nullable String label(int index) {
    return labels[checked(index)];
  }

  /** Whether the scores came as an object by label. */
  public boolean isLabelled() {
    return size > 0 && labels[0] != null;
  }

  public void add(double value) {
    append(null, value);
  }

  public void add(String label, double value) {
    append(label, value);
  }

  public void clear() {
    size = 0;
  }

  private void append(@Nullable String label, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("score must be finite, was " + value);
    }
    if (size > 0 && isLabelled() != (label != null)) {
      throw new IllegalArgumentException("either all scores have a label or none, was " + label);
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    values[size] = value;
    labels[size] = label;
    size++;
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("score " + index + " of " + size);
    }
    return index;
  }
}
