package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseUnderLoadTest {
  @Test
  void losesNothingThatItAcknowledged() throws Exception {
    Collectors collector = Collectors.start();
    AtomicInteger acknowledged = new AtomicInteger();
    CountDownLatch warm = new CountDownLatch(200);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread sender = new Thread(() -> sendUntilRefused(collector, acknowledged, warm));
      sender.start();
      senders.add(sender);
    }
    warm.await();

    collector.close();
    int appendedAtClose = collector.log.events().size();
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(collector.log.events()).hasSize(appendedAtClose);
    // Every acknowledged event is there; one is there without an answer only if its sender was cut
    // off while it waited, and a graceful close cuts off nobody who is under way.
    assertThat(acknowledged.get()).isGreaterThanOrEqualTo(200).isEqualTo(appendedAtClose);
    assertThat(collector.metric("inferwarden_ingest_requests_in_flight")).isZero();
  }

  @Test
  void letsTheRequestEndThatWaitsForTheLog() throws Exception {
    Collectors collector = Collectors.start();
    collector.log.waitWithAcknowledging();
    try (Socket waiting = collector.socket();
        Socket idle = collector.socket()) {
      send(waiting);
      collector.log.awaitFirstAppend();
      Thread closing = new Thread(collector.server::close);
      closing.start();
      awaitRefusal(collector);

      // A connection that was open already is told so, rather than cut off.
      send(idle);
      String late = Collectors.readAll(idle);
      collector.log.goOn();
      String answer = Collectors.readAll(waiting);
      closing.join();

      assertThat(late).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
      assertThat(answer).startsWith("HTTP/1.1 202 ");
      assertThat(collector.log.events()).hasSize(1);
    }
  }

  private static void awaitRefusal(Collectors collector) throws IOException {
    while (true) {
      try (Socket refused = collector.socket()) {
        assertThat(refused.isConnected()).isTrue();
      } catch (ConnectException closed) {
        return;
      }
    }
  }

  private static void send(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head =
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: ";
    out.write((head + EVENT.length() + "\r\n\r\n" + EVENT).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void sendUntilRefused(
      Collectors collector, AtomicInteger acknowledged, CountDownLatch warm) {
    try {
      while (true) {
        HttpResponse<String> answer = collector.post("/v1/events", EVENT);
        if (answer.statusCode() != 202) {
          assertThat(answer.statusCode()).isEqualTo(503);
          return;
        }
        acknowledged.incrementAndGet();
        warm.countDown();
      }
    } catch (IOException closed) {
      warm.countDown();
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
