package io.inferwarden.detectors.cohort;

/** The version byte with which every binary form of this package begins. */
final class Versions {
  private Versions() {}

  static void require(int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException("version must be " + expected + ", was " + actual);
    }
  }
}
