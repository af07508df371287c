package io.inferwarden.app.failure;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.metrics.AppMetrics;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ReplaceFailedThreadTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ReplaceFailedThread handler =
      new ReplaceFailedThread(new AppMetrics(registry), nanos::get);

  private StreamThreadExceptionResponse dieAfter(Duration pause) {
    nanos.addAndGet(pause.toNanos());
    return handler.handle(new IllegalStateException("planted"));
  }

  @Test
  void stopsTheInstanceAtTheFifthDeathWithinTenMinutes() {
    for (int death = 1; death < ReplaceFailedThread.MOST; death++) {
      assertThat(dieAfter(Duration.ofMinutes(2))).isEqualTo(REPLACE_THREAD);
    }

    assertThat(dieAfter(Duration.ofMinutes(2))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(
            registry.getSampleValue(
                "inferwarden_errors_total", new String[] {"stage"}, new String[] {"uncaught"}))
        .isEqualTo(ReplaceFailedThread.MOST);
  }

  @Test
  void goesOnForEverWhenTheDeathsAreSpread() {
    for (int death = 0; death < 20; death++) {
      assertThat(dieAfter(Duration.ofSeconds(151))).isEqualTo(REPLACE_THREAD);
    }
  }

  @Test
  void forgetsDeathsOfLongAgo() {
    for (int death = 0; death < 4; death++) {
      assertThat(dieAfter(Duration.ofSeconds(1))).isEqualTo(REPLACE_THREAD);
    }

    assertThat(dieAfter(Duration.ofMinutes(11))).isEqualTo(REPLACE_THREAD);
    assertThat(dieAfter(Duration.ofSeconds(1))).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void saysWhyTheInstanceStops() {
    assertThat(handler.whyStopped()).isEmpty();
    for (int death = 1; death < ReplaceFailedThread.MOST; death++) {
      dieAfter(Duration.ZERO);
      assertThat(handler.whyStopped()).isEmpty();
    }

    dieAfter(Duration.ZERO);

    assertThat(handler.whyStopped()).contains("a stream thread died 5 times within ten minutes");
  }

  @Test
  void saysThatANewerReleaseWroteWhatStopsTheInstance() {
    NewerFormatException newer = new NewerFormatException("A record of findings", 9, 8);

    assertThat(handler.handle(new StreamsException("in a task", newer))).isEqualTo(SHUTDOWN_CLIENT);

    assertThat(handler.whyStopped()).hasValue(newer.getMessage());
  }
}
