package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What senders do that are broken, slow or ill-meaning, byte by byte over sockets. */
@Timeout(60)
class HostileSenderTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(50);

  @Test
  void tellsASenderOfSingleBytesThatItIsTooSlow() throws Exception {
    try (Collectors collector = collector(SHORT, LONG);
        Socket socket = collector.socket()) {
      send(socket, head(100_000));
      // One byte at a time, until the collector has had enough: no single pause is long.
      Semaphore ended = new Semaphore(0);
      Thread sender =
          new Thread(
              () -> {
                try {
                  while (!ended.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                    socket.getOutputStream().write(' ');
                  }
                } catch (IOException | InterruptedException cutOff) {
                  ended.release();
                }
              });
      sender.start();

      String answer = firstLine(socket);
      ended.release();
      sender.join();

      assertThat(answer).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void tellsASilentSenderThatItIsTooSlow() throws Exception {
    try (Collectors collector = collector(LONG, SHORT);
        Socket socket = collector.socket()) {
      send(socket, head(100) + "{");

      String answer = Collectors.readAll(socket);

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("too_slow");
    }
  }

  @Test
  void closesAConnectionWhoseHeadComesForever() throws Exception {
    try (Collectors collector = collector(LONG, SHORT);
        Socket socket = collector.socket()) {
      send(socket, "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nX: ");
      Semaphore ended = new Semaphore(0);
      Thread sender =
          new Thread(
              () -> {
                try {
                  while (!ended.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                    socket.getOutputStream().write('x');
                  }
                } catch (IOException | InterruptedException cutOff) {
                  ended.release();
                }
              });
      sender.start();

      int end = readUntilClosed(socket);
      ended.release();
      sender.join();

      assertThat(end).isNegative();
    }
  }

  @Test
  void closesConnectionsThatOnlyWait() throws Exception {
    try (Collectors collector = collector(LONG, SHORT);
        Socket socket = collector.socket()) {
      assertThat(readUntilClosed(socket)).isNegative();
    }
  }

  @Test
  void waitsForTheLogLongerThanForASender() throws Exception {
    try (Collectors collector = collector(LONG, SHORT);
        Socket socket = collector.socket();
        Socket silent = collector.socket()) {
      collector.log.waitWithAcknowledging();
      send(socket, head(EVENT.length()) + EVENT);
      collector.log.awaitFirstAppend();
      // Another connection has been closed for idling once, and once more, by the time this ends.
      assertThat(readUntilClosed(silent)).isNegative();
      try (Socket another = collector.socket()) {
        assertThat(readUntilClosed(another)).isNegative();
      }

      collector.log.goOn();

      assertThat(firstLine(socket)).startsWith("HTTP/1.1 202 ");
    }
  }

  @Test
  void forgetsAHalfOpenConnection() throws Exception {
    try (Collectors collector = Collectors.start()) {
      try (Socket socket = collector.socket()) {
        send(socket, head(100) + "{\"ti");
        socket.shutdownOutput();

        assertThat(Collectors.readAll(socket))
            .satisfiesAnyOf(
                answer -> assertThat(answer).isEmpty(),
                answer -> assertThat(answer).startsWith("HTTP/1.1 400 "));
      }
      assertThat(collector.post("/v1/events", EVENT).statusCode()).isEqualTo(202);
      assertThat(collector.log.events()).hasSize(1);
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (Collectors collector = Collectors.start()) {
      String good = head(EVENT.length()) + EVENT;
      String bad = head(2) + "{}";
      String last = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

      String answers = collector.raw(good + bad + good + last);

      assertThat(statuses(answers)).containsExactly("202", "400", "202", "200");
      assertThat(collector.log.events()).hasSize(2);
    }
  }

  @Test
  void refusesFloodsOfHeaders() throws Exception {
    try (Collectors collector = Collectors.start()) {
      StringBuilder request = new StringBuilder("POST /v1/events HTTP/1.1\r\nHost: localhost\r\n");
      for (int i = 0; i < 400; i++) {
        request.append("X-Flood-").append(i).append(": secret-flood\r\n");
      }

      String answer = collector.raw(request + "\r\n");

      assertThat(answer)
          .startsWith("HTTP/1.1 431 ")
          .contains("application/json")
          .contains("\"error\":\"bad_request\"")
          .doesNotContain("secret-flood");
    }
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    try (Collectors collector = Collectors.start()) {
      assertThat(collector.raw("\u0016\u0003\u0001hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      String[] heads = {
        "Content-Length: 3\nContent-Length: 4\n\nabcd",
        "Content-Length: 3\nTransfer-Encoding: chunked\n\n0\n\n",
        "Content-Type: application/json\nTransfer-Encoding: chunked\n\nzz\n",
      };
      for (String head : heads) {
        String request = "POST /v1/events HTTP/1.1\nHost: localhost\n" + head;
        assertThat(collector.raw(request.replace("\n", "\r\n"))).startsWith("HTTP/1.1 400 ");
      }
      assertThat(collector.post("/v1/events", EVENT).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void rejectsExtremeJsonAndReadsOn() throws Exception {
    try (Collectors collector = Collectors.start()) {
      String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
      String twice = EVENT.replace("{", "{\"id\":\"e0\",");
      String huge = EVENT.replace("}", ",\"latencyMs\":1" + "0".repeat(900) + "}");
      String notUtf8 = EVENT.replace("e1", "caf\u00e9");
      byte[] body =
          String.join("\n", deep, twice, huge, notUtf8, EVENT)
              .getBytes(StandardCharsets.ISO_8859_1);

      HttpResponse<String> answer = collector.post("/v1/events", body);

      assertThat(answer.statusCode()).isEqualTo(207);
      assertThat(answer.body())
          .startsWith("{\"accepted\":1,\"rejected\":4,")
          .contains("duplicate_field")
          .contains("not_json");
    }
  }

  @Test
  void servesAThousandConnectionsAndFindsRoomForOneMore() throws Exception {
    try (Collectors collector = Collectors.start()) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 1000; i++) {
          sockets.add(collector.socket());
        }
        for (Socket socket : sockets) {
          send(socket, head(EVENT.length()) + EVENT);
        }
        for (Socket socket : sockets) {
          assertThat(firstLine(socket))
              .isIn("HTTP/1.1 202 Accepted", "HTTP/1.1 429 Too Many Requests");
        }
        assertThat(collector.server.openConnections()).isEqualTo(1000);
        assertThat(collector.post("/v1/events", EVENT).statusCode()).isEqualTo(202);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }

  @Test
  void tellsToComeAgainWhenTooManyRequestsAreUnderWay() throws Exception {
    try (Collectors collector = Collectors.start()) {
      collector.log.waitWithAcknowledging();
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 65; i++) {
          Socket socket = collector.socket();
          sockets.add(socket);
          send(socket, head(EVENT.length()) + EVENT);
        }
        String refused = refusedOne(sockets);

        assertThat(refused).startsWith("HTTP/1.1 429 ").contains("Retry-After: 1");
      } finally {
        collector.log.goOn();
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }

  /** The answer of the one of 65 that was not let in; which one it is, nobody knows before. */
  private static String refusedOne(List<Socket> sockets) throws IOException {
    while (true) {
      for (Socket socket : sockets) {
        if (socket.getInputStream().available() > 0) {
          return Collectors.readAll(socket);
        }
      }
      Thread.onSpinWait();
    }
  }

  private static Collectors collector(Duration requestTime, Duration idleTime) throws IOException {
    return Collectors.with().limits(Collectors.limits(requestTime, idleTime)).start();
  }

  private static String head(int length) {
    return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  private static int readUntilClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static List<String> statuses(String answers) {
    List<String> statuses = new ArrayList<>();
    Matcher status = STATUS.matcher(answers);
    while (status.find()) {
      statuses.add(status.group(1));
    }
    return statuses;
  }
}
