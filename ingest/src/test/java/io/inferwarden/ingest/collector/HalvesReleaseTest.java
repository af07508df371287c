package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.collector.UnavailableException.Reason;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HalvesReleaseTest {
  private static final long WAIT_MILLIS = 10_000;

  private Collectors collector;

  @BeforeEach
  void start() throws Exception {
    EventRoute route =
        new EventRoute("/halves", EventRoute.JSON_LINES, client -> new Halves(), new JsonAnswers());
    collector = Collectors.with().route(route).start();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void writesAnEventWhenItsHalvesHaveMet() throws Exception {
    HttpResponse<String> first = collector.post("/halves", "request");
    HttpResponse<String> second = collector.post("/halves", "response");

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.body()).contains("\"held\":1");
    assertThat(second.body()).contains("\"accepted\":1");
    assertThat(collector.log.events()).hasSize(1);
  }

  @Test
  void writesWhatIsLeftOfAHalfWhoseTimeIsOver() throws Exception {
    collector.post("/halves", "request");
    collector.server.halves().releaseExpired();
    assertThat(collector.log.events()).isEmpty();
    assertThat(collector.metric("inferwarden_ingest_held_halves", "source", "halves")).isEqualTo(1);

    collector.nowMillis.addAndGet(WAIT_MILLIS);
    collector.server.halves().releaseExpired();

    assertThat(collector.log.events()).hasSize(1);
    assertThat(collector.metric("inferwarden_ingest_held_halves", "source", "halves")).isZero();
    assertThat(collector.metric("inferwarden_ingest_unmatched_halves", "source", "halves"))
        .isEqualTo(1);
    assertThat(received()).isEqualTo(2);
  }

  @Test
  void keepsWhatTheLogDidNotTakeUntilItDoes() throws Exception {
    collector.post("/halves", "request");
    collector.log.refuse(Reason.AWAY);
    HttpResponse<String> joined = collector.post("/halves", "response");
    collector.post("/halves", "request");
    collector.nowMillis.addAndGet(WAIT_MILLIS);
    collector.server.halves().releaseExpired();
    assertThat(joined.statusCode()).isEqualTo(503);
    assertThat(collector.log.events()).isEmpty();

    collector.log.take();
    collector.server.halves().releaseExpired();

    assertThat(collector.log.events()).hasSize(2);
  }

  @Test
  void chargesItsSenderForAHalfThatGoesOnAlone() throws Exception {
    ClientKeys.Generated generated = ClientKeys.generate(new SecureRandom());
    ClientKey limited =
        new ClientKey(
            "limited",
            generated.sha256(),
            Set.of(),
            "acme",
            Set.of(),
            Set.of(),
            new Quota(1, 2),
            null,
            null);
    EventRoute route =
        new EventRoute("/halves", EventRoute.JSON_LINES, client -> new Halves(), new JsonAnswers());
    try (Collectors other =
        Collectors.with().route(route).keys(limited).nanos(new AtomicLong()).start()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> held = other.post("/halves", "request", "X-Api-Key", generated.key());
        assertThat(held.statusCode()).isEqualTo(202);
      }
      other.nowMillis.addAndGet(WAIT_MILLIS);
      other.server.halves().releaseExpired();

      HttpResponse<String> inDebt = other.post("/halves", "request", "X-Api-Key", generated.key());

      assertThat(other.log.events()).hasSize(3);
      assertThat(inDebt.statusCode()).isEqualTo(429);
    }
  }

  @Test
  void writesAllThatIsHeldBeforeItCloses() throws Exception {
    collector.post("/halves", "request");

    collector.close();

    assertThat(collector.log.events()).hasSize(1);
  }

  private double received() {
    return collector.metric("inferwarden_ingest_received_total", "source", "halves");
  }

  /** Holds requests in their order; a response meets the first. */
  private static final class Halves implements JoiningSource {
    private final Deque<Long> heldUntil = new ArrayDeque<>();
    private long unmatched;

    @Override
    public String name() {
      return "halves";
    }

    @Override
    public synchronized void read(Payload payload, RawEvents found) {
      if (new String(payload.body(), java.nio.charset.StandardCharsets.UTF_8).equals("request")) {
        heldUntil.add(payload.receivedAtMillis() + WAIT_MILLIS);
        found.held("request");
      } else {
        heldUntil.remove();
        find(found);
      }
    }

    @Override
    public synchronized void release(long nowMillis, RawEvents found) {
      while (!heldUntil.isEmpty() && heldUntil.peek() <= nowMillis) {
        heldUntil.remove();
        unmatched++;
        find(found);
      }
    }

    private static void find(RawEvents found) {
      byte[] event = EVENT.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      found.event("pair", event, 0, event.length);
    }

    @Override
    public synchronized int held() {
      return heldUntil.size();
    }

    @Override
    public synchronized long unmatched() {
      return unmatched;
    }
  }
}
