package io.inferwarden.app.api;

import static io.inferwarden.app.api.Asking.detail;
import static io.inferwarden.app.api.Asking.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.outbox.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
  private FakeBackend backend;
  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
    asking = new Asking(backend.url());
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("incidents").forEach(incident -> ids.add(incident.path("id").asText()));
    return ids;
  }

  @Test
  void listsIncidentsPageByPageTheNewestFirst() throws Exception {
    for (int i = 0; i < 5; i++) {
      backend.put(FakeBackend.opened("p" + i, i));
    }

    JsonNode first = json(asking.get("/api/v1/incidents?limit=3"));
    JsonNode second =
        json(asking.get("/api/v1/incidents?limit=3&cursor=" + first.path("next").asText()));

    assertThat(ids(first)).hasSize(3).startsWith(FakeBackend.opened("p4", 4).id());
    assertThat(ids(second)).hasSize(2).endsWith(FakeBackend.opened("p0", 0).id());
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(first.path("incidents").path(0).path("reasons").path(0).asText())
        .contains("probing");
  }

  @Test
  void filtersByEverythingThatIsSaid() throws Exception {
    Incident grave = FakeBackend.opened("acme", 0, IncidentKind.EXTRACTION, Severity.CRITICAL);
    backend.put(grave);
    backend.put(FakeBackend.opened("other", 9, IncidentKind.FUZZING, Severity.MEDIUM));

    for (String query :
        List.of(
            "severity=high",
            "kind=extraction,evasion",
            "subject=principal:acme",
            "text=ACME",
            "until=2026-03-02T14:05:00Z",
            "state=open&open=true&severity=critical&verdict=none&model=fraud-scorer")) {
      assertThat(ids(json(asking.get("/api/v1/incidents?" + query))))
          .as(query)
          .containsExactly(grave.id());
    }
    assertThat(ids(json(asking.get("/api/v1/incidents?state=resolved,blind")))).isEmpty();
  }

  @Test
  void whatIsWrongWithAQuestionIsSaid() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "limit=0", "1 to 500",
            "limit=501", "1 to 500",
            "cursor=xyz", "next of an earlier answer",
            "severity=worst", "info, low, medium, high, critical",
            "kind=theft", "extraction, evasion",
            "since=yesterday", "2026-03-02T14:02:00Z",
            "verdict=maybe", "true, false, benign or none",
            "severity=low&severity=high", "once",
            "owner=me", "state, kind, severity");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      HttpResponse<byte[]> response = asking.get("/api/v1/incidents?" + each.getKey());
      assertThat(response.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(detail(response)).as(each.getKey()).contains(each.getValue());
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
  }

  @Test
  void showsAnIncidentWithItsEvidenceAndWhoWasTold() throws Exception {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);
    backend.deliver(incident, "soc", Outcome.DELIVERED, "delivered");

    JsonNode shown = json(asking.get("/api/v1/incidents/" + incident.id()));

    assertThat(shown.path("incident").path("evidence").path(0).path("signal").asText())
        .isEqualTo("probing");
    assertThat(shown.path("deliveries").path(0).path("outcome").asText()).isEqualTo("delivered");
    assertThat(asking.get("/api/v1/incidents/inc_none").statusCode()).isEqualTo(404);
  }

  @Test
  void anAcknowledgementIsAnsweredWithTheIncidentAsItIsThen() throws Exception {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);

    HttpResponse<byte[]> response =
        asking.post("/api/v1/incidents/" + incident.id() + "/acknowledge", "{\"note\":\"on it\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode after = json(response).path("incident");
    assertThat(after.path("state").asText()).isEqualTo("acknowledged");
    assertThat(after.path("acknowledgement").path("by").asText()).isEqualTo("loopback");
    assertThat(after.path("acknowledgement").path("note").asText()).isEqualTo("on it");
  }

  @Test
  void acknowledgingTwiceIsTheSameAsOnceAndWhatIsOverCannotBe() throws Exception {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);
    Incident over = new IncidentLedger().resolve(FakeBackend.opened("over", 0));
    backend.put(over);

    asking.post("/api/v1/incidents/" + incident.id() + "/acknowledge", "{}");
    HttpResponse<byte[]> again =
        asking.post("/api/v1/incidents/" + incident.id() + "/acknowledge", "{}");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(backend.written).hasSize(1);
    assertThat(asking.post("/api/v1/incidents/" + over.id() + "/acknowledge", "{}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void aVerdictIsKeptWithItsAuthor() throws Exception {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);

    HttpResponse<byte[]> response =
        asking.post(
            "/api/v1/incidents/" + incident.id() + "/verdict",
            "{\"verdict\":\"benign\",\"note\":\"new market\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).path("incident").path("judgement").path("verdict").asText())
        .isEqualTo("benign");
    assertThat(
            detail(
                asking.post(
                    "/api/v1/incidents/" + incident.id() + "/verdict", "{\"verdict\":\"no\"}")))
        .contains("true, false, benign");
  }

  @Test
  void aWriteWhoseEffectIsNotSeenInTimeIsAccepted() throws Exception {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);
    backend.heedNothing();

    HttpResponse<byte[]> response =
        asking.post("/api/v1/incidents/" + incident.id() + "/verdict", "{\"verdict\":\"true\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).path("incident").path("judgement").isNull()).isTrue();
    assertThat(backend.written).hasSize(1);
  }

  @Test
  void aSilenceIsMadeListedAndEnded() throws Exception {
    HttpResponse<byte[]> made =
        asking.post(
            "/api/v1/silences",
            "{\"match\":{\"models\":[\"fraud-*\"]},\"reason\":\"backfill\",\"duration\":\"2h\"}");
    String id = json(made).path("id").asText();

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).path("state").asText()).isEqualTo("active");
    assertThat(json(made).path("endsAt").asText()).isEqualTo("2026-03-02T17:00:00.000Z");
    assertThat(json(asking.get("/api/v1/silences?state=active")).path("silences")).hasSize(1);

    HttpResponse<byte[]> ended = asking.send("DELETE", "/api/v1/silences/" + id, null);

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(json(ended).path("state").asText()).isEqualTo("ended");
    assertThat(json(asking.get("/api/v1/silences?state=active")).path("silences")).isEmpty();
    assertThat(asking.send("DELETE", "/api/v1/silences/sil_none", null).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aSilenceNeedsConditionsAReasonAndAnEnd() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "{\"match\":{},\"reason\":\"x\",\"duration\":\"2h\"}", "at least one condition",
            "{\"match\":{\"models\":[\"a\"]},\"duration\":\"2h\"}", "reason",
            "{\"match\":{\"models\":[\"a\"]},\"reason\":\"x\"}", "either endsAt or a duration",
            "{\"match\":{\"models\":[\"a\"]},\"reason\":\"x\",\"duration\":\"400d\"}", "90d",
            "{\"match\":{\"model\":[\"a\"]},\"reason\":\"x\",\"duration\":\"2h\"}", "models",
            "{\"match\":{\"models\":[\"a\"]},\"reason\":\"x\",\"for\":\"2h\"}", "duration");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      HttpResponse<byte[]> response = asking.post("/api/v1/silences", each.getKey());
      assertThat(response.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(detail(response)).as(each.getKey()).contains(each.getValue());
    }
  }

  @Test
  void aTestGoesDownTheRealWayAndSaysWhoIsTold() throws Exception {
    HttpResponse<byte[]> sent = asking.post("/api/v1/test", "{\"route\":\"root/payments\"}");

    assertThat(sent.statusCode()).isEqualTo(202);
    assertThat(json(sent).path("sinks")).hasSize(2);
    assertThat(backend.written.get(0)).isInstanceOf(IncidentAction.Tell.class);
    Incident told = ((IncidentAction.Tell) backend.written.get(0)).incident();
    assertThat(told.subject()).isEqualTo("route:root/payments");
    assertThat(told.id()).isEqualTo(json(sent).path("id").asText());
    assertThat(json(asking.get("/api/v1/deliveries?incident=" + told.id())).path("deliveries"))
        .hasSize(2);

    assertThat(detail(asking.post("/api/v1/test", "{\"sink\":\"nobody\"}")))
        .isEqualTo("sink must be one of soc, broken");
    assertThat(detail(asking.post("/api/v1/test", "{\"route\":\"nowhere\"}")))
        .contains("root/payments");
    assertThat(asking.post("/api/v1/test", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void redeliversAndSaysHowMuch() throws Exception {
    HttpResponse<byte[]> response =
        asking.post("/api/v1/redeliver", "{\"sink\":\"soc\",\"since\":\"2026-03-02T00:00:00Z\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).path("notifications").asInt()).isEqualTo(7);
    assertThat(asking.post("/api/v1/redeliver", "{\"sink\":\"soc\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void bodiesAreSmallJsonAndNothingElse() throws Exception {
    String path = "/api/v1/test";
    String large = "{\"sink\":\"" + "x".repeat(20_000) + "\"}";

    assertThat(asking.post(path, large).statusCode()).isEqualTo(413);
    assertThat(
            asking
                .send("POST", path, "{}", "Content-Type", "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(415);
    for (String body :
        List.of("", "[]", "{", "{\"sink\":1}", "{\"sink\":\"soc\",\"sink\":\"soc\"}")) {
      assertThat(asking.post(path, body).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void pathsAndMethodsThatThereAreNot() throws Exception {
    HttpResponse<byte[]> wrongMethod = asking.send("PUT", "/api/v1/silences", "{}");

    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET, POST");
    assertThat(asking.get("/api/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(asking.get("/api/v1/incidents/a/b").statusCode()).isEqualTo(404);
    assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void hostileNamesStayText() throws Exception {
    Incident hostile = FakeBackend.opened("\r\nSet-Cookie: a=b\u001b[2J</script>", 0);
    backend.put(hostile);

    HttpResponse<byte[]> response = asking.get("/api/v1/incidents/" + hostile.id());

    assertThat(json(response).path("incident").path("subject").asText())
        .isEqualTo(hostile.subject());
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .doesNotContain("\n", "\r", "\u001b");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void clientsThatSendNothingMoreDoNotKeepOthersWaiting() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), backend.server.port());
        String begun =
            i % 2 == 0
                ? "GET /api/v1/incidents HT"
                : "POST /api/v1/test HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        stuck.add(socket);
      }

      assertThat(asking.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(asking.get("/api/v1/incidents").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  @Test
  void untilTheTopicsAreReadTheAnswerIsToComeBack() throws Exception {
    try (FakeBackend starting =
        new FakeBackend("127.0.0.1", List.of(), Map.of(), FakeBackend.bookRemembering(10), false)) {
      HttpResponse<byte[]> early = new Asking(starting.url()).get("/api/v1/incidents");
      starting.catchUp();

      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.headers().firstValue("Retry-After")).contains("1");
      assertThat(new Asking(starting.url()).get("/api/v1/incidents").statusCode()).isEqualTo(200);
    }
  }
}
