package io.inferwarden.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The named input features of one event, in the order they came: parallel arrays that are reused
 * from event to event. A feature is a finite number, or a word (strings and booleans), or null
 * (neither). A name that occurs twice is kept twice.
 */
public final class Features {
  private static final int INITIAL_CAPACITY = 32;

  private String[] names = new String[INITIAL_CAPACITY];
  private double[] numbers = new double[INITIAL_CAPACITY];
  private @Nullable String[] words = new @Nullable String[INITIAL_CAPACITY];
  private int size;

  // Events of one model name their features in one order, so the hash of the name that this slot
  // held last is nearly always the hash wanted now.
  private @Nullable String[] hashedNames = new @Nullable String[INITIAL_CAPACITY];
  private long[] nameHashes = new long[INITIAL_CAPACITY];
  private boolean fingerprintKnown;
  private long fingerprint;

  Features() {}

  public int size() {
    return size;
  }

  public String name(int index) {
    return names[checked(index)];
  }

  /** The finite number, or NaN when the feature is a word or null. */
  public double number(int index) {
    return numbers[checked(index)];
  }

  /** The word, booleans as {@code "true"} and {@code "false"}; null when a number or null. */
  public @Nullable String word(int index) {
    return words[checked(index)];
  }

  public void addNumber(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("number must be finite, was " + number);
    }
    add(name, number, null);
  }

  public void addWord(String name, String word) {
    add(name, Double.NaN, word);
  }

  public void addNull(String name) {
    add(name, Double.NaN, null);
  }

  public void clear() {
    size = 0;
    fingerprintKnown = false;
  }

  /**
   * Hash of all names and values, whatever their order; 0 without features. Equal numbers hash
   * alike however they were written (1, 1.0), and so do the two zeros. Computed on first use.
   */
  public long fingerprint() {
    if (!fingerprintKnown) {
      fingerprint = computeFingerprint();
      fingerprintKnown = true;
    }
    return fingerprint;
  }

  private long computeFingerprint() {
    if (size == 0) {
      return 0;
    }
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StableHash.mix(nameHash(i) + 3 * valueHash(i));
    }
    return StableHash.mix(sum + size);
  }

  private long nameHash(int index) {
    String name = names[index];
    if (!name.equals(hashedNames[index])) {
      hashedNames[index] = name;
      nameHashes[index] = StableHash.of(name);
    }
    return nameHashes[index];
  }

  private long valueHash(int index) {
    String word = words[index];
    if (word != null) {
      return StableHash.of(word);
    }
    double number = numbers[index];
    // Adding zero turns -0.0 into 0.0; a null is the one canonical NaN.
    return StableHash.mix(Double.doubleToLongBits(number + 0.0) + 1);
  }

  private void add(String name, double number, @Nullable String word) {
    if (size == names.length) {
      grow();
    }
    names[size] = name;
    numbers[size] = number;
    words[size] = word;
    size++;
    fingerprintKnown = false;
  }

  private void grow() {
    int capacity = 2 * names.length;
    names = Arrays.copyOf(names, capacity);
    numbers = Arrays.copyOf(numbers, capacity);
    words = Arrays.copyOf(words, capacity);
    hashedNames = Arrays.copyOf(hashedNames, capacity);
    nameHashes = Arrays.copyOf(nameHashes, capacity);
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("feature " + index + " of " + size);
    }
    return index;
  }
}
