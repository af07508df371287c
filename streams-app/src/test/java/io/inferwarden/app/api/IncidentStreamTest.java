package io.inferwarden.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.feed.IncidentLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IncidentStreamTest {
  private final HttpClient client = HttpClient.newHttpClient();

  /** An event as it came over the wire. */
  private record Event(long id, String name, JsonNode data) {}

  /** An open stream. */
  private static final class Stream implements AutoCloseable {
    private final HttpResponse<java.io.InputStream> response;
    private final BufferedReader lines;

    Stream(HttpResponse<java.io.InputStream> response) {
      this.response = response;
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      long id = Long.MIN_VALUE;
      String name = "";
      JsonNode data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && data != null) {
          return new Event(id, name, data);
        } else if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = JsonFields.parse(line.substring(6).getBytes(StandardCharsets.UTF_8));
        }
      }
      throw new IOException("the stream has ended");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Stream open(FakeBackend backend, String lastEventId) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(backend.url().resolve("/api/v1/incidents/stream"));
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return new Stream(client.send(request.build(), BodyHandlers.ofInputStream()));
  }

  private static FakeBackend remembering(int revisions) throws IOException {
    return new FakeBackend(
        "127.0.0.1", List.of(), Map.of(), FakeBackend.bookRemembering(revisions), true);
  }

  @Test
  void tellsWhatHappensFromNowOn() throws Exception {
    try (FakeBackend backend = remembering(100)) {
      backend.put(FakeBackend.opened("before", 0));
      try (Stream stream = open(backend, null)) {
        Incident incident = FakeBackend.opened("after", 1);
        long offset = backend.put(incident);
        backend.forget(incident.id());

        Event told = stream.next();
        Event forgotten = stream.next();

        assertThat(told.id()).isEqualTo(offset);
        assertThat(told.name()).isEqualTo("incident");
        assertThat(told.data().path("id").asText()).isEqualTo(incident.id());
        assertThat(told.data().path("evidence")).hasSize(1);
        assertThat(forgotten.name()).isEqualTo("forgotten");
        assertThat(forgotten.data().path("id").asText()).isEqualTo(incident.id());
        assertThat(stream.response.headers().firstValue("Content-Type").orElse(""))
            .startsWith("text/event-stream");
        assertThat(stream.response.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(stream.response.headers().firstValue("X-Accel-Buffering")).contains("no");
      }
    }
  }

  @Test
  void survivesReconnectsUnderConcurrentWritesWithoutGapOrDouble() throws Exception {
    int revisions = 2_000;
    SplittableRandom random = new SplittableRandom(20261122);
    Semaphore pace = new Semaphore(0);
    List<Long> seen = new ArrayList<>();
    int connections = 0;
    int begun = 0;
    try (FakeBackend backend = remembering(5_000)) {
      Thread writer =
          new Thread(
              () -> {
                Incident incident = FakeBackend.opened("busy", 0);
                for (int i = 0; i < revisions; i++) {
                  pace.acquireUninterruptibly();
                  backend.put(incident);
                  incident = incident.next(incident.state(), incident.handling());
                }
              });
      writer.start();
      String last = "-1";
      while (seen.size() < revisions) {
        connections++;
        try (Stream stream = open(backend, last)) {
          int more = Math.min(random.nextInt(1, 100), revisions - begun);
          pace.release(more); // written while they are read
          begun += more;
          int toRead = random.nextInt(1, begun - seen.size() + 1);
          for (int i = 0; i < toRead; i++) {
            Event event = stream.next();
            seen.add(event.id());
            assertThat(event.data().path("revision").asLong()).isEqualTo(event.id() + 1);
            last = Long.toString(event.id());
          }
        }
      }
      writer.join();
    }

    assertThat(seen).containsExactlyElementsOf(LongStream.range(0, revisions).boxed().toList());
    assertThat(connections).isGreaterThan(10);
  }

  @Test
  void whoComesBackLateGetsTheLatestRevisionOfWhatHasChangedAndThenEveryOne() throws Exception {
    try (FakeBackend backend = remembering(3)) {
      Incident first = FakeBackend.opened("a", 0);
      backend.put(first);
      backend.put(FakeBackend.opened("b", 1));
      Incident third = FakeBackend.opened("c", 2);
      backend.put(third);
      long resolved = backend.put(new IncidentLedger().resolve(first));
      for (int i = 0; i < 5; i++) {
        third = third.next(third.state(), third.handling());
        backend.put(third);
      }

      try (Stream stream = open(backend, "-1")) {
        List<Event> events = List.of(stream.next(), stream.next(), stream.next());
        backend.put(FakeBackend.opened("d", 3));

        assertThat(events).extracting(Event::id).containsExactly(1L, resolved, 8L);
        assertThat(events.get(1).data().path("state").asText()).isEqualTo("resolved");
        assertThat(stream.next().id()).isEqualTo(9);
      }
    }
  }

  @Test
  void whoComesFromAnInstanceThatIsAheadGetsWhatFollows() throws Exception {
    try (FakeBackend backend = remembering(10)) {
      long first = backend.put(FakeBackend.opened("a", 0));

      try (Stream stream = open(backend, Long.toString(first + 1))) {
        backend.put(FakeBackend.opened("b", 1));
        long third = backend.put(FakeBackend.opened("c", 2));

        Event next = stream.next();

        assertThat(next.name()).isEqualTo("incident");
        assertThat(next.id()).isEqualTo(third);
      }
    }
  }

  @Test
  void whoWasAtAnotherTopicIsToldToBeginAgain() throws Exception {
    try (FakeBackend backend = remembering(10)) {
      backend.put(FakeBackend.opened("a", 0));

      try (Stream stream = open(backend, "12345")) {
        Event resync = stream.next();

        assertThat(resync.name()).isEqualTo("resync");
        assertThat(resync.id()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aReaderThatDoesNotReadHoldsUpNobodyAndIsToldToComeBack() throws Exception {
    String large = "x".repeat(200_000);
    try (FakeBackend backend = remembering(20);
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), backend.server.port())) {
      slow.getOutputStream()
          .write(
              "GET /api/v1/incidents/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader late =
          new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
      awaitLine(late, "retry: 2000");
      try (Stream quick = open(backend, null)) {
        for (int i = 0; i < 200; i++) {
          long offset = backend.put(FakeBackend.opened(i + large, i));

          assertThat(quick.next().id()).isEqualTo(offset);
        }
      }

      awaitLine(late, "event: resync");
    }
  }

  private static void awaitLine(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo(wanted);
  }

  @Test
  void thereAreOnlySoManyStreams() throws Exception {
    try (FakeBackend backend = remembering(10)) {
      List<Stream> open = new ArrayList<>();
      try {
        for (int i = 0; i < IncidentStreams.MOST_STREAMS; i++) {
          open.add(open(backend, null));
        }

        assertThat(open(backend, null).response.statusCode()).isEqualTo(503);
        assertThat(new Asking(backend.url()).get("/metrics").statusCode()).isEqualTo(200);
        assertThat(new Asking(backend.url()).get("/api/v1/incidents").statusCode()).isEqualTo(200);
      } finally {
        for (Stream stream : open) {
          stream.close();
        }
      }
    }
  }

  @Test
  void anIdThatIsNoneIsRefused() throws Exception {
    try (FakeBackend backend = remembering(10)) {
      assertThat(open(backend, "abc").response.statusCode()).isEqualTo(400);
      assertThat(open(backend, "-7").response.statusCode()).isEqualTo(400);
    }
  }
}
