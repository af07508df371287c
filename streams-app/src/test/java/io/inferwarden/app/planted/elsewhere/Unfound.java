package io.inferwarden.app.planted.elsewhere;

import org.junit.jupiter.api.Test;

/** Planted: a test that the build does not run, since its name does not end in Test. */
class Unfound {
  @Test
  void isNeverRun() {}
}
