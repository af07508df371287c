package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.inferwarden.ingest.HostileLines;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClientKeysTest {
  private static final ClientKeys.Generated ONE = ClientKeys.generate(new SecureRandom());
  private static final ClientKeys.Generated OTHER = ClientKeys.generate(new SecureRandom());

  @Test
  void makesKeysThatNobodyGuesses() {
    assertThat(ONE.key()).matches("iwk_[A-Za-z0-9_-]{43}");
    assertThat(ONE.sha256()).matches("[0-9a-f]{64}");
    assertThat(ONE).isNotEqualTo(OTHER);
    assertThat(ONE.toString()).doesNotContain(ONE.key());
  }

  @Test
  void letsInWhoShowsAKnownKeyAndNobodyElse() throws Exception {
    try (Collectors collector = Collectors.with().keys(key("gateway", ONE)).start()) {
      HttpResponse<String> none = collector.post("/v1/events", EVENT);
      HttpResponse<String> wrong =
          collector.post("/v1/events", EVENT, "Authorization", "Bearer " + OTHER.key());
      HttpResponse<String> basic =
          collector.post("/v1/events", EVENT, "Authorization", "Basic " + ONE.key());
      HttpResponse<String> hash = collector.post("/v1/events", EVENT, "X-Api-Key", ONE.sha256());
      HttpResponse<String> endless =
          collector.post("/v1/events", EVENT, "X-Api-Key", "k".repeat(999));
      HttpResponse<String> bearer =
          collector.post("/v1/events", EVENT, "Authorization", "bearer " + ONE.key());
      HttpResponse<String> header = collector.post("/v1/events", EVENT, "X-Api-Key", ONE.key());

      assertThat(List.of(none, wrong, basic, hash, endless))
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
                assertThat(answer.body()).doesNotContain(OTHER.key());
              });
      assertThat(bearer.statusCode()).isEqualTo(202);
      assertThat(header.statusCode()).isEqualTo(202);
      assertThat(collector.log.events())
          .extracting(event -> event.audit().client())
          .containsExactly("gateway", "gateway");
    }
  }

  @Test
  void rotatesKeysWithAnOverlap() throws Exception {
    Instant now = Instant.ofEpochMilli(HostileLines.NOW_MILLIS);
    ClientKey old =
        key("gateway", ONE.sha256(), Set.of(), Set.of(), null, null, now.plusSeconds(60));
    ClientKey next =
        key("gateway", OTHER.sha256(), Set.of(), Set.of(), null, now.plusSeconds(30), null);
    try (Collectors collector = Collectors.with().keys(old, next).start()) {
      assertThat(status(collector, ONE)).isEqualTo(202);
      assertThat(status(collector, OTHER)).isEqualTo(401);
      collector.nowMillis.addAndGet(30_000);
      assertThat(status(collector, ONE)).isEqualTo(202);
      assertThat(status(collector, OTHER)).isEqualTo(202);
      collector.nowMillis.addAndGet(30_000);
      assertThat(status(collector, ONE)).isEqualTo(401);
      assertThat(status(collector, OTHER)).isEqualTo(202);
    }
  }

  @Test
  void bindsKeysToModelsAndRoutes() throws Exception {
    ClientKey models =
        key("models", ONE.sha256(), Set.of("m", "gpt-*"), Set.of(), null, null, null);
    ClientKey routes =
        key("routes", OTHER.sha256(), Set.of(), Set.of("/v1/deployments"), null, null, null);
    try (Collectors collector = Collectors.with().keys(models, routes).start()) {
      String foreign = EVENT.replace("\"m\"", "\"llama\"");
      String own = EVENT.replace("\"m\"", "\"gpt-5\"");

      HttpResponse<String> all = post(collector, ONE, foreign + "\n" + foreign);
      HttpResponse<String> some = post(collector, ONE, foreign + "\n" + own);
      HttpResponse<String> route = post(collector, OTHER, EVENT);

      assertThat(all.statusCode()).isEqualTo(403);
      assertThat(all.body()).contains("model_not_allowed");
      assertThat(some.statusCode()).isEqualTo(207);
      assertThat(route.statusCode()).isEqualTo(403);
      assertThat(route.body()).contains("may not post to /v1/events");
    }
  }

  @Test
  void holdsEachKeyToItsQuota() throws Exception {
    AtomicLong nanos = new AtomicLong();
    ClientKey limited =
        key("limited", ONE.sha256(), Set.of(), Set.of(), new Quota(10, 20), null, null);
    try (Collectors collector =
        Collectors.with().keys(limited, key("free", OTHER)).nanos(nanos).start()) {
      HttpResponse<String> largerThanTheBurst = post(collector, ONE, (EVENT + "\n").repeat(50));
      HttpResponse<String> inDebt = post(collector, ONE, EVENT);
      HttpResponse<String> another = post(collector, OTHER, EVENT);
      nanos.addAndGet(3_000_000_000L);
      HttpResponse<String> stillInDebt = post(collector, ONE, EVENT);
      nanos.addAndGet(200_000_000L);
      HttpResponse<String> paid = post(collector, ONE, EVENT);

      assertThat(largerThanTheBurst.statusCode()).isEqualTo(202);
      assertThat(inDebt.statusCode()).isEqualTo(429);
      assertThat(inDebt.headers().firstValue("Retry-After")).hasValue("4");
      assertThat(inDebt.body()).contains("over_quota");
      assertThat(another.statusCode()).isEqualTo(202);
      assertThat(stillInDebt.statusCode()).isEqualTo(429);
      assertThat(paid.statusCode()).isEqualTo(202);
      assertThat(collector.log.events()).hasSize(52);
      assertThat(requestsOverQuota(collector, "/v1/events")).isEqualTo(2);
    }
  }

  @Test
  void holdsDeploymentsAndFeedbackToTheQuotaToo() throws Exception {
    ClientKey limited =
        key("limited", ONE.sha256(), Set.of(), Set.of(), new Quota(1, 2), null, null);
    String feedback = "{\"id\":\"e1\",\"verdict\":\"wrong\"}";
    String three = "[" + feedback + "," + feedback + "," + feedback + "]";
    try (Collectors collector = Collectors.with().keys(limited).nanos(new AtomicLong()).start()) {
      collector.log.refuse(UnavailableException.Reason.AWAY);
      assertThat(postFeedback(collector, three).statusCode()).isEqualTo(503);
      collector.log.take();
      assertThat(postFeedback(collector, three).statusCode()).isEqualTo(202);

      HttpResponse<String> inDebt = postFeedback(collector, feedback);

      assertThat(inDebt.statusCode()).isEqualTo(429);
      assertThat(inDebt.body()).contains("over_quota");
      assertThat(post(collector, ONE, EVENT).statusCode()).isEqualTo(429);
      assertThat(requestsOverQuota(collector, "/v1/feedback")).isEqualTo(1);
      assertThat(requestsOverQuota(collector, "/v1/events")).isEqualTo(1);
      assertThat(requestsOverQuota(collector, "/v1/deployments")).isZero();
    }
  }

  private static double requestsOverQuota(Collectors collector, String route) {
    return collector.metric("inferwarden_ingest_requests_over_quota_total", "route", route);
  }

  /** Its debt begins between the head of its request, which it may send, and the end of that. */
  @Test
  void countsRequestsOverQuotaThatWereReadToo() throws Exception {
    ClientKey limited =
        key("limited", ONE.sha256(), Set.of(), Set.of(), new Quota(1, 2), null, null);
    try (Collectors collector = Collectors.with().keys(limited).nanos(new AtomicLong()).start();
        Socket slow = collector.socket()) {
      String head =
          "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Connection: close\r\nX-Api-Key: "
              + ONE.key()
              + "\r\nContent-Length: "
              + EVENT.length()
              + "\r\n\r\n";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      while (collector.metric("inferwarden_ingest_requests_in_flight") == 0) {
        Thread.onSpinWait();
      }
      HttpResponse<String> quick = post(collector, ONE, (EVENT + "\n").repeat(3));
      slow.getOutputStream().write(EVENT.getBytes(StandardCharsets.ISO_8859_1));
      String answer = Collectors.readAll(slow);

      assertThat(quick.statusCode()).isEqualTo(202);
      assertThat(answer).startsWith("HTTP/1.1 429").contains("over_quota");
      assertThat(requestsOverQuota(collector, "/v1/events")).isEqualTo(1);
      assertThat(
              collector.metric(
                  "inferwarden_ingest_events_total", "source", "events", "outcome", "over_quota"))
          .isEqualTo(1);
    }
  }

  private static HttpResponse<String> postFeedback(Collectors collector, String body)
      throws Exception {
    return collector.post("/v1/feedback", body, "X-Api-Key", ONE.key());
  }

  @Test
  void chargesNothingForWhatTheLogDidNotTake() throws Exception {
    ClientKey limited =
        key("limited", ONE.sha256(), Set.of(), Set.of(), new Quota(1, 2), null, null);
    try (Collectors collector = Collectors.with().keys(limited).nanos(new AtomicLong()).start()) {
      collector.log.refuse(UnavailableException.Reason.AWAY);
      assertThat(post(collector, ONE, EVENT + "\n" + EVENT).statusCode()).isEqualTo(503);
      collector.log.take();

      assertThat(post(collector, ONE, EVENT + "\n" + EVENT).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void letsNobodyInFromElsewhereWithoutKeys() throws Exception {
    assertThatThrownBy(() -> Collectors.with().host("0.0.0.0").start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "host must be a loopback address when no keys are configured, was '0.0.0.0'");
    try (Collectors collector = Collectors.start()) {
      assertThat(collector.post("/v1/events", EVENT, "Origin", "http://evil.example").statusCode())
          .isEqualTo(401);
      assertThat(collector.post("/v1/events", EVENT, "X-Forwarded-For", "192.0.2.1").statusCode())
          .isEqualTo(401);
    }
    try (Collectors open = Collectors.with().host("0.0.0.0").keys(key("k", ONE)).start()) {
      assertThat(status(open, ONE)).isEqualTo(202);
    }
  }

  @Test
  void refusesKeysThatContradictEachOther() {
    ClientKey one = key("a", ONE);
    ClientKey namesake = key("a", OTHER.sha256(), Set.of("m"), Set.of(), null, null, null);

    assertThatThrownBy(() -> ClientKeys.of(List.of(one, namesake)))
        .hasMessageContaining("same tenant");
    assertThatThrownBy(() -> ClientKeys.of(List.of(one, key("b", ONE))))
        .hasMessageContaining("a hash of its own");
    assertThatThrownBy(
            () -> key("a", "iwk_put-here-by-mistake", Set.of(), Set.of(), null, null, null))
        .hasMessageContaining("64 hexadecimal digits")
        .hasMessageNotContaining("mistake");
  }

  @Test
  void saysNoKeyAndNoTextInItsLogsMetricsAndAnswers() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger own = (Logger) LoggerFactory.getLogger("io.inferwarden");
    Logger jetty = (Logger) LoggerFactory.getLogger("org.eclipse.jetty");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.addAppender(lines);
    own.setLevel(Level.TRACE);
    jetty.setLevel(Level.INFO);
    EventRoute broken =
        EventRoute.of("/broken", EventRoute.JSON_LINES, new ThrowingSource("planted-text"));
    String metrics;
    try (Collectors collector = Collectors.with().keys(key("gateway", ONE)).route(broken).start()) {
      post(
          collector,
          ONE,
          EVENT.replace("\"p\"", "\"planted-text\"") + "\n{\"time\":\"planted-text\"}");
      HttpResponse<String> failed =
          collector.post("/broken", EVENT, "Authorization", "Bearer " + ONE.key());
      collector.post("/v1/events", EVENT, "Authorization", "Bearer " + ONE.key() + "-wrong");
      collector.raw("POST /" + ONE.key() + " HTTP/9\r\nHost:\u0001\r\n\r\n");
      metrics = collector.get("/metrics").body();

      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).doesNotContain("planted");
    } finally {
      root.detachAppender(lines);
      own.setLevel(null);
      jetty.setLevel(null);
    }

    assertThat(metrics).doesNotContain("planted").doesNotContain("iwk_").doesNotContain("gateway");
    assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).isNotEmpty();
    assertThat(lines.list)
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage() + line.getThrowableProxy())
                    .doesNotContain("planted")
                    .doesNotContain("iwk_"));
  }

  private static int status(Collectors collector, ClientKeys.Generated key) throws Exception {
    return post(collector, key, EVENT).statusCode();
  }

  private static HttpResponse<String> post(
      Collectors collector, ClientKeys.Generated key, String body) throws Exception {
    return collector.post("/v1/events", body, "Authorization", "Bearer " + key.key());
  }

  private static ClientKey key(String name, ClientKeys.Generated generated) {
    return key(name, generated.sha256(), Set.of(), Set.of(), null, null, null);
  }

  private static ClientKey key(
      String name,
      String sha256,
      Set<String> models,
      Set<String> routes,
      @Nullable Quota quota,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter) {
    return new ClientKey(
        name, sha256, Set.of(), "acme", models, routes, quota, notBefore, notAfter);
  }
}
