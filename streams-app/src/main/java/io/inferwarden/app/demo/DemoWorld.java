package io.inferwarden.app.demo;

import io.inferwarden.app.backtest.TraceLabels;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two days of a simulated deployment: real small classifiers, trained as it is created, answer
 * honest users and attackers; the same seed and start give the same events, byte for byte. Nobody
 * attacks and nothing changes in the first {@link #LEARNING}.
 */
public final class DemoWorld {
  /** The quiet time at the start. */
  public static final Duration LEARNING = Duration.ofDays(1);

  /** Event time from the first to the last event. */
  public static final Duration LENGTH = Duration.ofDays(2);

  private final List<DemoEvent> events;
  private final TraceLabels labels;

  private DemoWorld(List<DemoEvent> events, TraceLabels labels) {
    this.events = List.copyOf(events);
    this.labels = labels;
  }

  /**
   * Simulates a deployment; takes a few seconds.
   *
   * @param startMillis event time of the beginning, epoch milliseconds; days and nights are those
   *     of UTC
   */
  public static DemoWorld create(long seed, long startMillis) {
    if (startMillis < 0) {
      throw new IllegalArgumentException("startMillis must be >= 0, was " + startMillis);
    }
    SplittableRandom random = new SplittableRandom(seed);
    long endMillis = startMillis + LENGTH.toMillis();
    Recording recording = new Recording(random.split(), endMillis);
    Caller.Register register = new Caller.Register(random.split());
    ServedModel fraud = DemoModels.fraudScorer(random.split());
    Map<String, String> roles = new LinkedHashMap<>();
    new HonestFraudTraffic(
            fraud, recording, register, roles, random.split(), startMillis, endMillis)
        .run();
    List<ModelLabel> models =
        new OtherModels(recording, register, random.split(), startMillis, endMillis).run();
    List<AttackLabel> attackers = new ArrayList<>();
    Map<String, Campaign> campaigns = new LinkedHashMap<>();
    new Attacks(fraud, recording, register, random.split(), startMillis, attackers, campaigns)
        .run();
    TraceLabels labels = new TraceLabels(attackers, campaigns, roles, models);
    return new DemoWorld(recording.events(), labels);
  }

  /** All events, sorted by time. */
  public List<DemoEvent> events() {
    return events;
  }

  /** The truth about them. */
  public TraceLabels labels() {
    return labels;
  }
}
