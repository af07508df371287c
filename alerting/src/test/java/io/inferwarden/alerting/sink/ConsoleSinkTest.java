package io.inferwarden.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.feed.IncidentText;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.io.IOException;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {
  private static final Incident INCIDENT = Examples.incident("principal:k9", 1);

  @Test
  void writesTheIncidentAndAnEmptyLine() throws Exception {
    StringBuilder out = new StringBuilder();

    new ConsoleSink(out).deliver(Examples.notification(INCIDENT));

    assertThat(out).hasToString(IncidentText.of(INCIDENT) + "\n\n");
  }

  @Test
  void reportsAConsoleThatFails() {
    Writer broken =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("closed");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> new ConsoleSink(broken).deliver(Examples.notification(INCIDENT)))
        .isInstanceOf(DeliveryException.class);
  }
}
