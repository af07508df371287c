package io.inferwarden.ingest;

import java.util.Random;

/** The values that random events are made of, awkward ones among them. */
final class RandomParts {
  private static final String[] AWKWARD = {
    "é", "\ud83d\ude00", "日本", "\"", "\\", "ÿ", "\u2028", " ", "<b>"
  };
  private static final double[] EXTREMES = {
    0.0, -0.0, 1, -1, Double.MIN_VALUE, Double.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1e22
  };

  private final Random random;

  RandomParts(long seed) {
    random = new Random(seed);
  }

  boolean isPresent() {
    return random.nextBoolean();
  }

  int count(int bound) {
    return random.nextInt(bound);
  }

  int optionalCount() {
    return isPresent() ? random.nextInt() >>> (1 + random.nextInt(30)) : -1;
  }

  long time() {
    return 946_684_800_000L + random.nextInt(Integer.MAX_VALUE);
  }

  double number() {
    return switch (random.nextInt(3)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextInt(200) - 100;
      default -> random.nextGaussian();
    };
  }

  String optionalString() {
    return isPresent() ? string() : null;
  }

  /** Any string, half a surrogate pair among them, which JSON takes in values but not in names. */
  String string() {
    return random.nextInt(40) == 0 ? "\ud800" : name();
  }

  String name() {
    StringBuilder text = new StringBuilder().append((char) ('a' + random.nextInt(26)));
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) (' ' + random.nextInt(95)));
    }
    if (random.nextInt(4) == 0) {
      text.append(AWKWARD[random.nextInt(AWKWARD.length)]);
    }
    return text.toString();
  }
}
