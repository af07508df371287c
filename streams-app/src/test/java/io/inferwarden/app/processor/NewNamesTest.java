package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewNamesTest {
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long TICK = 300_000;
  private static final double SPEND_PER_HOUR = 1e-5;

  @Test
  void allExpectedPrincipalsWithinTheFirstHourAreNoFlood() {
    NewNames names = new NewNames(10);

    assertThat(flooded(names, 0, 5_000)).isFalse();
    assertThat(flooded(names, 1, 300)).isFalse();
  }

  @Test
  void aHundredTimesThePrincipalsOfAWeekWithinAnHourAreRaisedOnceWhileItLasts() {
    NewNames names = new NewNames(10);
    add(names, START, 1_000);
    assertThat(names.look(START + TICK)).isNull();

    add(names, START + TICK, 500_000);

    NewNames.Flood flood = names.look(START + 2 * TICK);
    assertThat(flood).isNotNull();
    assertThat(flood.names()).isEqualTo(501_000);
    assertThat(flood.level()).isGreaterThan(1);
    assertThat(names.usualUntilMillis()).isEqualTo(START + TICK);
    add(names, START + 2 * TICK, 10_000);
    assertThat(names.look(START + 3 * TICK)).isNull();
  }

  @Test
  void whatAnHourEndedWithIsToldAtTheNextLookEvenAfterARestart() {
    NewNames names = new NewNames(10);
    add(names, START, 500_000);
    add(names, START + NewNames.HOUR_MILLIS, 1);

    NewNames restarted = Restored.throughBytes(NewNames.CODEC, names);

    assertThat(restarted.look(START + NewNames.HOUR_MILLIS + TICK)).isNotNull();
    assertThat(restarted.look(START + NewNames.HOUR_MILLIS + 2 * TICK)).isNull();
  }

  @Test
  void afterTwoDaysItKnowsWhatIsUsualAndSeesSmallerFloods() {
    NewNames names = new NewNames(10);
    for (int hour = 0; hour < 50; hour++) {
      assertThat(flooded(names, hour, 20)).as("hour %d", hour).isFalse();
    }

    assertThat(flooded(names, 50, 2_000)).isTrue();
  }

  @Test
  void aFloodThatTheLearningHeldDoesNotBecomeTheNorm() {
    NewNames names = new NewNames(10);
    for (int hour = 0; hour < 50; hour++) {
      assertThat(flooded(names, hour, hour == 0 || hour == 30 ? 1_000_000 : 20))
          .isEqualTo(hour == 0 || hour == 30);
    }

    assertThat(flooded(names, 50, 2_000)).isTrue();
  }

  @Test
  void growthThatDoesNotFillTheTableWithinAWeekIsNoFlood() {
    NewNames names = new NewNames(60);
    Random random = new Random(7);
    for (int hour = 0; hour < 7 * 24; hour++) {
      int count = random.nextInt(10) << (hour / 24);

      assertThat(flooded(names, hour, Math.min(count, 60))).as("hour %d", hour).isFalse();
    }
  }

  @Test
  void aNewBaselineBeginsTheLearningAnew() {
    NewNames names = new NewNames(10);
    for (int hour = 0; hour < 50; hour++) {
      flooded(names, hour, 20);
    }
    Tracking promoted = new Tracking("promoted", 5_000, SPEND_PER_HOUR);
    long at = START + 50 * NewNames.HOUR_MILLIS;
    for (int i = 0; i < 2_000; i++) {
      names.add(at, promoted);
    }

    assertThat(names.look(at + TICK)).isNull();
  }

  @Test
  void hoursThatVaryAsMuchAsTheNullAllowsKeepTheBudget() {
    double spendPerHour = 1e-3;
    Random random = new Random(11);
    int floods = 0;
    int hours = 0;
    for (int run = 0; run < 200; run++) {
      NewNames names = new NewNames(100);
      Tracking tracking = new Tracking("b", 100, spendPerHour);
      for (int hour = 0; hour < 24 * 14; hour++, hours++) {
        long at = START + hour * NewNames.HOUR_MILLIS;
        int count = (int) (-100 * Math.log(1 - random.nextDouble()));
        for (int i = 0; i < count; i++) {
          names.add(at, tracking);
        }
        floods += names.look(at + NewNames.HOUR_MILLIS - 1) == null ? 0 : 1;
      }
    }

    assertThat(floods).isLessThanOrEqualTo((int) (hours * spendPerHour));
  }

  @Test
  void goesOnAfterALongSilence() {
    NewNames names = new NewNames(10);
    add(names, START, 5);

    assertThat(flooded(names, 24 * 365, 5)).isFalse();
    assertThat(flooded(names, 24 * 365 + 1, 1_000_000)).isTrue();
  }

  private static boolean flooded(NewNames names, int hour, int count) {
    long at = START + hour * NewNames.HOUR_MILLIS;
    add(names, at, count);
    return names.look(at + TICK) != null;
  }

  private static void add(NewNames names, long atMillis, int count) {
    Tracking tracking = new Tracking("b", 5_000, SPEND_PER_HOUR);
    for (int i = 0; i < count; i++) {
      names.add(atMillis, tracking);
    }
  }
}
