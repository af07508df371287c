package io.inferwarden.ingest;

import java.util.Arrays;

/** The embedding of one input: finite single-precision coordinates; empty when absent. */
public final class Embedding {
  private static final float[] NONE = {};

  private float[] values = NONE;
  private int size;

  Embedding() {}

  public int size() {
    return size;
  }

  public float value(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("coordinate " + index + " of " + size);
    }
    return values[index];
  }

  /** Copies all coordinates to the beginning of an array that has room for them. */
  public void copyTo(float[] into) {
    System.arraycopy(values, 0, into, 0, size);
  }

  public void add(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("coordinate must be finite, was " + value);
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(64, 2 * size));
    }
    values[size++] = value;
  }

  public void clear() {
    size = 0;
  }
}
