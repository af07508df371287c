package io.inferwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes and rebalances neither lose an incident nor raise one twice: each revision stands in the
 * topic once, byte for byte as an undisturbed run has it.
 */
@Tag("slow")
@Timeout(240)
class ExactlyOnceIT {
  private static final String APPLICATION = "exactly-once";
  private static final Policy POLICY = RecordedWorld.policy(Duration.ofSeconds(10));
  private static final Duration QUIET = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So that the second day takes about twelve seconds. */
  private static final double SPEED = 24 * 3600 / 12.0;

  private final RecordedWorld world = RecordedWorld.get();
  private final ExecutorService feeding = Executors.newSingleThreadExecutor();
  private TestBroker broker;

  @BeforeEach
  void startBroker() {
    broker = new TestBroker();
  }

  @AfterEach
  void stopBroker() throws InterruptedException {
    feeding.shutdownNow();
    assertThat(feeding.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    broker.close();
  }

  @Test
  void anInstanceThatIsKilledAndStartedAgainRaisesEachIncidentOnce(@TempDir Path folder)
      throws Exception {
    List<String> expected = world.backtest(POLICY);
    Path config =
        Runs.configFile(
            broker.bootstrapServers(),
            APPLICATION,
            folder,
            POLICY,
            "instance: {id: only, stateFolder: \"%s\"}".formatted(folder.resolve("state")));

    List<String> raised;
    Future<?> fed;
    try (InstanceProcess killed =
        InstanceProcess.start(config, folder.resolve("killed.log")).awaitReady()) {
      fed = feed();
      try (IncidentWatch watch = watch()) {
        int third = expected.size() / 3;
        Patience.until("a third is raised", PATIENCE, () -> watch.count() >= third);
        killed.kill();
        assertThat(watch.count()).isLessThan(expected.size());
      }
    }
    try (InstanceProcess restarted =
            InstanceProcess.start(config, folder.resolve("restarted.log")).awaitReady();
        IncidentWatch watch = watch()) {
      fed.get();
      raised = watch.atRest(expected.size(), QUIET, PATIENCE);
      assertThat(restarted.isAlive()).isTrue();
    }

    assertThat(raised).isEqualTo(expected);
  }

  @Test
  void instancesThatComeAndGoRaiseEachIncidentOnce(@TempDir Path first, @TempDir Path second)
      throws Exception {
    List<String> expected = world.backtest(POLICY);

    List<String> raised;
    try (Deployment leaving = deployment(first);
        IncidentWatch watch = watch()) {
      Patience.until("the first is ready", PATIENCE, leaving::isReady);
      Future<?> fed = feed();
      Patience.until("some are raised", PATIENCE, () -> watch.count() >= expected.size() / 5);
      try (Deployment coming = deployment(second)) {
        Patience.until("the second is ready", PATIENCE, coming::isReady);
        Patience.until("half are raised", PATIENCE, () -> watch.count() >= expected.size() / 2);
        leaving.close();
        fed.get();
        raised = watch.atRest(expected.size(), QUIET, PATIENCE);
        assertThat(coming.isAlive()).isTrue();
      }
    }

    assertThat(raised).isEqualTo(expected);
  }

  private Deployment deployment(Path folder) throws Exception {
    return Deployment.start(
        Runs.config(broker.bootstrapServers(), APPLICATION, folder, POLICY),
        1,
        List.of(),
        Map.of(),
        Clock.systemUTC());
  }

  private IncidentWatch watch() {
    return new IncidentWatch(broker.bootstrapServers(), APPLICATION);
  }

  /** Sends the first day at once and the second over some seconds, in a thread of its own. */
  private Future<?> feed() {
    return feeding.submit(
        () -> {
          Runs.send(broker.bootstrapServers(), world.firstDay(), 0);
          Runs.send(broker.bootstrapServers(), world.secondDay(), SPEED);
          return null;
        });
  }
}
