package io.inferwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same events lead to the same incidents, however they are partitioned and timed. */
@Tag("slow")
@Timeout(180)
class SameIncidentsIT {
  private static final Policy POLICY = RecordedWorld.policy(Duration.ofSeconds(10));
  private static final String APPLICATION = "same-incidents";

  @Test
  void twoBacktestsRaiseTheSameIncidentsByteForByte() throws Exception {
    RecordedWorld world = RecordedWorld.get();

    List<String> first = world.backtest(POLICY);
    List<String> second = world.backtest(POLICY);

    assertThat(first).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aBrokerWithThreePartitionsAndTwoThreadsRaisesTheIncidentsOfTheBacktest(@TempDir Path folder)
      throws Exception {
    RecordedWorld world = RecordedWorld.get();
    List<String> expected = world.backtest(POLICY);

    List<String> raised;
    try (TestBroker broker = new TestBroker();
        Deployment ignored =
            Deployment.start(
                Runs.config(broker.bootstrapServers(), APPLICATION, folder, POLICY),
                2,
                List.of(),
                Map.of(),
                Clock.systemUTC());
        IncidentWatch watch = new IncidentWatch(broker.bootstrapServers(), APPLICATION)) {
      try (EventProducer producer =
          new EventProducer(Map.of("bootstrap.servers", broker.bootstrapServers()), 0)) {
        for (DemoEvent event : world.events()) {
          producer.send(event.json());
        }
        producer.flush();
      }
      raised = watch.atRest(expected.size(), Duration.ofSeconds(12), Duration.ofSeconds(90));
    }

    assertThat(raised).isEqualTo(expected);
  }
}
