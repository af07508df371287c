package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.HostileLine;
import io.inferwarden.ingest.HostileLines;
import io.inferwarden.ingest.collector.UnavailableException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectorServerTest {
  private Collectors collector;

  @BeforeEach
  void start() throws Exception {
    collector = Collectors.start();
  }

  @AfterEach
  void stop() {
    collector.close();
    assertThat(collector.server.memoryInUseBytes()).isZero();
  }

  @Test
  void acceptsWhatIsSound() throws Exception {
    HttpResponse<String> answer = collector.post("/v1/events", EVENT + "\n" + EVENT + "\n\n");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":0,\"skipped\":1,\"held\":0}");
    assertThat(collector.log.events()).hasSize(2);
    assertThat(collector.log.events().get(0).principal()).isEqualTo("p");
    assertThat(new String(collector.log.events().get(0).event(), StandardCharsets.UTF_8))
        .contains("\"id\":\"e1\"");
  }

  @Test
  void saysWhichOfSeveralWereRejectedAndWhy() throws Exception {
    HttpResponse<String> answer =
        collector.post("/v1/events", EVENT + "\n" + EVENT + "\n{\"time\":true}\n");

    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(answer.body())
        .isEqualTo(
            "{\"accepted\":2,\"rejected\":1,\"skipped\":0,\"held\":0,\"errors\":[{\"place\":\"line"
                + " 3\",\"field\":\"time\",\"reason\":\"wrong_type\",\"message\":\"time: expected"
                + " RFC 3339 or integer epoch milliseconds, found boolean true\"}]}");
    assertThat(collector.log.events()).hasSize(2);
  }

  @Test
  void describesAHundredRejectionsAndCountsTheOthers() throws Exception {
    HttpResponse<String> answer = collector.post("/v1/events", "{}\n".repeat(130));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"rejected\":130").contains("\"errorsOmitted\":30");
    assertThat(answer.body().split("\"place\"")).hasSize(101);
    assertThat(collector.log.events()).isEmpty();
  }

  @Test
  void refusesWhatCannotBeRead() throws Exception {
    HttpResponse<String> answer = collector.post("/v1/events", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"malformed\",\"message\":\"expected events, found nothing\"}");
  }

  @Test
  void countsEveryHostileLineAndTakesTheSoundOneAmongThem() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int hostile = 0;
    for (HostileLine line : HostileLines.all()) {
      if (line.bytes().length > 0 && body.size() < 900_000 - line.bytes().length) {
        body.write(line.bytes());
        body.write('\n');
        hostile++;
      }
    }
    body.write(EVENT.getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> answer = collector.post("/v1/events", body.toByteArray());

    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(answer.body()).startsWith("{\"accepted\":1,\"rejected\":" + hostile + ",");
    assertThat(collector.log.events()).hasSize(1);
  }

  @Test
  void knowsItsPathsAndMethods() throws Exception {
    assertThat(collector.post("/v1/nothing", EVENT).statusCode()).isEqualTo(404);
    HttpResponse<String> read = collector.get("/v1/events");
    assertThat(read.statusCode()).isEqualTo(405);
    assertThat(read.headers().firstValue("Allow")).hasValue("POST");
    assertThat(read.body()).startsWith("{\"error\":\"method_not_allowed\"");
    HttpResponse<String> posted = collector.post("/healthz", EVENT);
    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void saysWhichContentTypesAreRight() throws Exception {
    HttpResponse<String> answer =
        collector.post("/v1/events", EVENT, "Content-Type", "application/x-www-form-urlencoded");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains("application/json")
        .contains("application/x-ndjson")
        .contains("found application/x-www-form-urlencoded");
    assertThat(
            collector
                .post("/v1/events", EVENT, "Content-Type", "Application/JSON; charset=utf-8")
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    byte[] body = new byte[(1 << 20) + 1];

    HttpResponse<String> declared = collector.post("/v1/events", body);
    HttpRequest chunked =
        HttpRequest.newBuilder(collector.uri("/v1/events"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
            .build();
    HttpResponse<String> undeclared = collector.http.send(chunked, BodyHandlers.ofString());

    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(undeclared.statusCode()).isEqualTo(413);
    assertThat(undeclared.body()).contains("at most 1048576 bytes");
  }

  @Test
  void saysThatTheLogIsFullOrAway() throws Exception {
    collector.log.refuse(Reason.FULL);
    HttpResponse<String> full = collector.post("/v1/events", EVENT);
    collector.log.refuse(Reason.AWAY);
    HttpResponse<String> away = collector.post("/v1/events", EVENT);
    HttpResponse<String> notReady = collector.get("/readyz");
    collector.log.take();
    HttpResponse<String> ready = collector.get("/readyz");

    assertThat(full.statusCode()).isEqualTo(429);
    assertThat(full.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).contains("refuses events: AWAY");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(collector.get("/healthz").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(collector.log.events()).isEmpty();
  }

  @Test
  void countsOnceWhatBecameOfWhatItReceived() throws Exception {
    collector.post("/v1/events", EVENT + "\n{}\n\n" + EVENT);
    collector.post("/v1/events", "");
    collector.log.refuse(Reason.AWAY);
    collector.post("/v1/events", EVENT + "\n{}");

    assertThat(received()).isEqualTo(7);
    assertThat(outcome("accepted")).isEqualTo(2);
    assertThat(outcome("rejected")).isEqualTo(2);
    assertThat(outcome("skipped")).isEqualTo(1);
    assertThat(outcome("malformed")).isEqualTo(1);
    assertThat(outcome("unavailable")).isEqualTo(1);
    assertThat(
            collector.metric(
                "inferwarden_ingest_rejections_total",
                "source",
                "events",
                "reason",
                "missing_field"))
        .isEqualTo(2);
    assertThat(collector.get("/metrics").body())
        .contains("inferwarden_ingest_events_total{source=\"events\",outcome=\"accepted\",} 2.0")
        .contains(
            "inferwarden_ingest_request_seconds_count{route=\"/v1/events\",status=\"5xx\",} 1.0");
  }

  @Test
  void acknowledgesOnlyWhatTheLogHas() throws Exception {
    collector.log.waitWithAcknowledging();
    HttpRequest request =
        HttpRequest.newBuilder(collector.uri("/v1/events"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(EVENT))
            .build();

    CompletableFuture<HttpResponse<String>> answer =
        collector.http.sendAsync(request, BodyHandlers.ofString());
    collector.log.awaitFirstAppend();

    assertThat(answer).isNotDone();
    assertThat(collector.metric("inferwarden_ingest_requests_in_flight")).isEqualTo(1);
    collector.log.goOn();
    assertThat(answer.get().statusCode()).isEqualTo(202);
  }

  @Test
  void publishesItsContract() throws Exception {
    HttpResponse<String> contract = collector.get("/openapi.json");

    assertThat(contract.statusCode()).isEqualTo(200);
    assertThat(contract.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private double received() {
    return collector.metric("inferwarden_ingest_received_total", "source", "events");
  }

  private double outcome(String outcome) {
    return collector.metric(
        "inferwarden_ingest_events_total", "source", "events", "outcome", outcome);
  }
}
