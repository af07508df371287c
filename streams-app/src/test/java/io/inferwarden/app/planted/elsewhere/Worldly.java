package io.inferwarden.app.planted.elsewhere;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.Assertions;

/** Planted: knows the time, the terminal and chance, and keeps a global. */
final class Worldly {
  static long global;

  private Worldly() {}

  static void everything() {
    Assertions.assertThat(chance()).isNotNaN();
    System.out.println(times());
    System.err.println(global++);
    System.exit(1);
  }

  private static double chance() {
    return Math.random()
        + new Random().nextDouble()
        + new SplittableRandom().nextDouble()
        + ThreadLocalRandom.current().nextDouble();
  }

  private static double times() {
    return System.currentTimeMillis()
        + System.nanoTime()
        + Instant.now().toEpochMilli()
        + Clock.systemUTC().millis();
  }
}
