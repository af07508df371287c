package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Two days of two models of the simulated deployment, and the incidents that they must lead to,
 * whoever judges them.
 */
final class RecordedWorld {
  private static final long SEED = 7;
  private static final Instant START = Instant.parse("2025-06-02T00:00:00Z");
  private static final Set<String> MODELS = Set.of("fraud-scorer", "churn-predictor");

  private static final class Holder {
    private static final RecordedWorld WORLD =
        new RecordedWorld(
            DemoWorld.create(SEED, START.toEpochMilli()).events().stream()
                .filter(event -> MODELS.contains(event.model()))
                .toList());
  }

  private final List<DemoEvent> events;

  private RecordedWorld(List<DemoEvent> events) {
    this.events = events;
  }

  /** The world; made when it is first asked for. */
  static RecordedWorld get() {
    return Holder.WORLD;
  }

  /** All events in their order. */
  List<DemoEvent> events() {
    return events;
  }

  /** The events of the day on which nothing happens and which is learned from. */
  List<DemoEvent> firstDay() {
    return events.stream().filter(event -> event.timeMillis() < secondDayMillis()).toList();
  }

  /** The events of the day on which things happen. */
  List<DemoEvent> secondDay() {
    return events.stream().filter(event -> event.timeMillis() >= secondDayMillis()).toList();
  }

  private static long secondDayMillis() {
    return START.plus(DemoWorld.LEARNING).toEpochMilli();
  }

  /** The events as a file of JSON lines. */
  Path writeTo(Path file) throws IOException {
    return Files.write(
        file, events.stream().map(event -> new String(event.json(), UTF_8)).toList());
  }

  /** The default policy, but with panes that end soon after the last event. */
  static Policy policy(Duration idleAfter) {
    Policy usual = Policy.defaults();
    return new Policy(
        usual.budget(),
        DemoWorld.LEARNING,
        usual.pane(),
        usual.lateness(),
        idleAfter,
        usual.quietPeriod(),
        usual.cooldown(),
        usual.dedup(),
        usual.tolerancePsi(),
        usual.maximumPrincipals(),
        usual.kinds(),
        usual.declared(),
        usual.registered());
  }

  /** The incidents of an undisturbed run in one thread, each revision as its JSON, sorted. */
  List<String> backtest(Policy policy) throws IOException {
    List<String> incidents = new ArrayList<>();
    try (BacktestDriver driver =
        new BacktestDriver(
            SettingsOf.policy(policy, 1, false),
            policy,
            List.of(),
            START.plus(DemoWorld.LENGTH).plus(Duration.ofDays(1)),
            incident -> incidents.add(new String(IncidentJson.toJson(incident), UTF_8)))) {
      events.forEach(event -> driver.accept(event.json()));
      driver.finish();
    }
    Collections.sort(incidents);
    return incidents;
  }
}
