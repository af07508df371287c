package io.inferwarden.bench;

import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Events of one classifier with 20 numeric features and two scores, 700 to 800 bytes of JSON each;
 * the same in every run.
 */
final class SampleEvents {
  static final long PANE_MILLIS = 3_600_000;
  static final int PRINCIPALS = 200;

  /** 2026-03-01T00:00:00Z. */
  static final long START_MILLIS = 1_772_323_200_000L;

  private static final int FEATURES = 20;
  private static final long SEED = 11;
  private static final long LENGTH_MILLIS = 24 * PANE_MILLIS;

  private SampleEvents() {}

  /** So many events, spread evenly over a day, in the order of time. */
  static List<byte[]> json(int events) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> lines = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      lines.add(json(i, START_MILLIS + i * LENGTH_MILLIS / events, random));
    }
    return lines;
  }

  private static byte[] json(int number, long timeMillis, SplittableRandom random) {
    StringBuilder features = new StringBuilder();
    double sum = 0;
    for (int i = 0; i < FEATURES; i++) {
      double value = random.nextGaussian();
      sum += value;
      features.append(i == 0 ? "" : ",");
      features.append(String.format(Locale.ROOT, "\"feature_%02d\":%.6f", i, value));
    }
    double score = 1 / (1 + Math.exp(-sum));
    String line =
        String.format(
            Locale.ROOT,
            "{\"id\":\"bench-%07d\",\"time\":%d,\"model\":\"bench\",\"version\":\"1\","
                + "\"principal\":\"key-%03d\",\"org\":\"acme\",\"ip\":\"203.0.113.7\","
                + "\"operation\":\"classify\",\"status\":\"ok\",\"latencyMs\":12.5,"
                + "\"input\":{\"features\":{%s}},"
                + "\"output\":{\"label\":\"%s\",\"scores\":[%.4f,%.4f]}}",
            number,
            timeMillis,
            number % PRINCIPALS,
            features,
            score > .5 ? "yes" : "no",
            1 - score,
            score);
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** The same events, parsed. */
  static List<InferenceEvent> parsed(int events) {
    EventParser parser = new EventParser();
    List<InferenceEvent> parsed = new ArrayList<>(events);
    for (byte[] line : json(events)) {
      InferenceEvent event = new InferenceEvent();
      RejectedEvent rejected =
          parser.parse(line, 0, line.length, START_MILLIS + LENGTH_MILLIS, event);
      if (rejected != null) {
        throw new IllegalStateException("the generator made no event: " + rejected.message());
      }
      parsed.add(event);
    }
    return parsed;
  }

  /** The same events, as the detectors see them. */
  static List<Observation> observed(int events) {
    List<Observation> observed = new ArrayList<>(events);
    for (InferenceEvent event : parsed(events)) {
      observed.add(new EventObservation(event));
    }
    return observed;
  }
}
