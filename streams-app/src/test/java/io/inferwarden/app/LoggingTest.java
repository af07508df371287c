package io.inferwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What {@code logback.xml} leaves out; tests themselves log by another configuration. */
class LoggingTest {
  private static final String ASSIGNMENT =
      "org.apache.kafka.streams.processor.internals.assignment.";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(InferwardenApp.class.getResource("/logback.xml")));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void doesNotWarnAtEachRebalanceOfCopiesThatHaveNoInstanceToBeOn() throws Exception {
    assertThat(loggerOf("DefaultStandbyTaskAssignor").isWarnEnabled()).isFalse();
    assertThat(loggerOf("DefaultStandbyTaskAssignor").isErrorEnabled()).isTrue();
  }

  @Test
  void stillWarnsOfEverythingElseInAnAssignment() throws Exception {
    assertThat(loggerOf("HighAvailabilityTaskAssignor").isWarnEnabled()).isTrue();
    assertThat(loggerOf("ClientTagAwareStandbyTaskAssignor").isWarnEnabled()).isTrue();
    assertThat(context.getLogger("org.apache.kafka.streams").isWarnEnabled()).isTrue();
  }

  /** Looks the class up, so that a Kafka that calls it otherwise is noticed. */
  private Logger loggerOf(String assignor) throws ClassNotFoundException {
    return context.getLogger(Class.forName(ASSIGNMENT + assignor));
  }
}
