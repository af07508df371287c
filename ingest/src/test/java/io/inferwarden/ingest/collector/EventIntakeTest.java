package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.HostileLines;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventIntakeTest {
  private static final Payload PAYLOAD =
      new Payload(new byte[0], "application/json", Map.of(), HostileLines.NOW_MILLIS);

  private final AtomicInteger doors = new AtomicInteger();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final EventIntake intake =
      new EventIntake(
          () -> {
            doors.incrementAndGet();
            return new ParserDoor();
          },
          new RecordingLog(),
          new CollectorMetrics(registry));

  @Test
  void keepsItsDoorBehindAPayloadThatCannotBeRead() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> intake.admit(new Repeated(-1), PAYLOAD, Client.local()))
          .isInstanceOf(MalformedPayloadException.class);
    }
    intake.admit(new Repeated(1), PAYLOAD, Client.local());

    assertThat(doors).hasValue(1);
  }

  @Test
  void takesNothingOfAPayloadWithMoreEventsThanMemoryIsMeantToHold() throws Exception {
    int fitting = (int) (Admission.MOST_BYTES / 2_000);
    Admission taken = intake.admit(new Repeated(fitting), PAYLOAD, Client.local());
    assertThat(taken.admitted()).hasSize(fitting);

    assertThatThrownBy(() -> intake.admit(new Repeated(100_000), PAYLOAD, Client.local()))
        .isInstanceOf(TooManyEventsException.class)
        .hasMessage(
            "expected events that take at most 64 MiB of memory, found more: send fewer at once");

    assertThat(
            registry.getSampleValue(
                "inferwarden_ingest_events_total",
                new String[] {"source", "outcome"},
                new String[] {"repeated", "malformed"}))
        .isEqualTo(1);
  }

  /** Finds one event so often; malformed below 0. */
  private record Repeated(int times) implements EventSource {
    @Override
    public String name() {
      return "repeated";
    }

    @Override
    public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
      if (times < 0) {
        throw new MalformedPayloadException("expected something else");
      }
      byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < times; i++) {
        found.event("item", event, 0, event.length);
      }
    }
  }
}
