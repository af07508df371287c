package io.inferwarden.bench.collector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Events of about 700 bytes: 10 numbers, 2 categories, 10 scores, of 20 models, of 100,000
 * principals of which the n-th asks in proportion to 1/n. Identifiers differ; the rest repeats.
 */
final class LoadLines {
  /** Bytes before the id. */
  static final int BEFORE_ID = "{\"id\":\"".length();

  /** Bytes between the id and the time. */
  static final int ID_TO_TIME = "\",\"time\":".length();

  private static final int PRINCIPALS = 100_000;
  private static final int BODIES = 2_000;

  private final double[] cumulative = new double[PRINCIPALS];
  private final String[] bodies = new String[BODIES];

  LoadLines(long seed) {
    double sum = 0;
    for (int i = 0; i < PRINCIPALS; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < BODIES; i++) {
      bodies[i] = body(random);
    }
  }

  private static String body(SplittableRandom random) {
    StringBuilder text = new StringBuilder("\"input\":{\"features\":{");
    for (int i = 0; i < 10; i++) {
      text.append(
          String.format(Locale.ROOT, "\"feature_%02d\":%.6f,", i, random.nextDouble(-3, 3)));
    }
    text.append("\"country\":\"c").append(random.nextInt(40));
    text.append("\",\"merchant_category\":\"k").append(random.nextInt(300));
    text.append("\"}},\"output\":{\"label\":\"").append(random.nextInt(10));
    text.append("\",\"scores\":[");
    for (int i = 0; i < 10; i++) {
      text.append(String.format(Locale.ROOT, i == 0 ? "%.6f" : ",%.6f", random.nextDouble()));
    }
    return text.append("]}}").toString();
  }

  /** One event. */
  byte[] line(String id, long timeMillis, SplittableRandom random) {
    double drawn = random.nextDouble(cumulative[PRINCIPALS - 1]);
    int found = Arrays.binarySearch(cumulative, drawn);
    int principal = found < 0 ? -found - 1 : found;
    int model = random.nextInt(20);
    String line =
        "{\"id\":\""
            + id
            + "\",\"time\":"
            + timeMillis
            + ",\"model\":\"model-"
            + model
            + "\",\"version\":\"2026-03-01\",\"principal\":\"tenant/user-"
            + principal
            + "@example.org\",\"org\":\"acme\",\"ip\":\"203.0.113.7\",\"operation\":\"classify\","
            + "\"status\":\"ok\",\"latencyMs\":12.5,"
            + bodies[random.nextInt(BODIES)];
    return line.getBytes(StandardCharsets.UTF_8);
  }
}
