package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.inferwarden.app.health.HealthReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SayOnceStuckTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(SayOnceStuck.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final SayOnceStuck trouble = new SayOnceStuck();

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
  }

  @Test
  void saysOnceEachTimeThatOnlyARestartHelpsAndWhy() {
    trouble.look(report(true));
    trouble.look(report(false));
    trouble.look(report(false));
    assertThat(logged.list).hasSize(1);

    trouble.look(report(true));
    trouble.look(report(false));

    assertThat(logged.list)
        .hasSize(2)
        .allSatisfy(
            entry -> {
              assertThat(entry.getLevel()).isEqualTo(Level.ERROR);
              assertThat(entry.getFormattedMessage())
                  .isEqualTo("Only a restart helps: a thread is stuck");
            });
  }

  private static HealthReport report(boolean isAlive) {
    return new HealthReport(
        "RUNNING",
        isAlive,
        isAlive,
        true,
        OptionalLong.empty(),
        0,
        List.of(),
        isAlive ? Optional.empty() : Optional.of("a thread is stuck"));
  }
}
