package io.inferwarden.app.api;

import static io.inferwarden.app.api.Asking.detail;
import static io.inferwarden.app.api.Asking.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.inferwarden.alerting.Incident;
import io.inferwarden.app.policy.ApiToken;
import io.inferwarden.app.policy.ApiToken.Access;
import io.inferwarden.app.policy.SecretSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
  private static final String READER = "reader-token-0123456789";
  private static final String OPERATOR = "operator-token-0123456789";
  private static final Map<String, String> ENVIRONMENT = Map.of("R", READER, "O", OPERATOR);
  private static final List<ApiToken> TOKENS =
      List.of(
          new ApiToken("board", Access.READER, new SecretSource.FromEnvironment("R")),
          new ApiToken("ann", Access.OPERATOR, new SecretSource.FromEnvironment("O")));

  private static FakeBackend withTokens() throws IOException {
    return new FakeBackend(
        "127.0.0.1", TOKENS, ENVIRONMENT, FakeBackend.bookRemembering(100), true);
  }

  @Test
  void readersLookAndOperatorsWrite() throws Exception {
    try (FakeBackend backend = withTokens()) {
      Asking asking = new Asking(backend.url());
      Incident incident = FakeBackend.opened("acme", 0);
      backend.put(incident);
      String write = "/api/v1/incidents/" + incident.id() + "/acknowledge";

      assertThat(asking.get("/api/v1/incidents").statusCode()).isEqualTo(401);
      assertThat(asking.get("/api/v1/incidents/stream").statusCode()).isEqualTo(401);
      assertThat(asking.get("/api/v1/openapi.json").statusCode()).isEqualTo(401);
      assertThat(asking.post(write, "{}").statusCode()).isEqualTo(401);
      assertThat(get(asking, "wrong-token-0123456789").statusCode()).isEqualTo(401);
      assertThat(get(asking, READER).statusCode()).isEqualTo(200);
      assertThat(get(asking, OPERATOR).statusCode()).isEqualTo(200);
      for (String path : List.of(write, "/api/v1/silences", "/api/v1/redeliver", "/api/v1/test")) {
        assertThat(asking.post(path, "{}", "Authorization", "Bearer " + READER).statusCode())
            .as(path)
            .isEqualTo(403);
      }
      assertThat(
              asking
                  .send("DELETE", "/api/v1/silences/x", null, "Authorization", "Bearer " + READER)
                  .statusCode())
          .isEqualTo(403);
      assertThat(backend.written).isEmpty();

      HttpResponse<byte[]> done = asking.post(write, "{}", "Authorization", "bearer " + OPERATOR);

      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(json(done).path("incident").path("acknowledgement").path("by").asText())
          .isEqualTo("ann");
      assertThat(asking.get("/metrics").statusCode()).as("as before").isEqualTo(200);
    }
  }

  private static HttpResponse<byte[]> get(Asking asking, String token) throws Exception {
    return asking.get("/api/v1/incidents", "Authorization", "Bearer " + token);
  }

  @Test
  void aRefusalSaysHowToComeInAndNoToken() throws Exception {
    try (FakeBackend backend = withTokens()) {
      Asking asking = new Asking(backend.url());

      HttpResponse<byte[]> none = asking.get("/api/v1/incidents");
      HttpResponse<byte[]> wrong = get(asking, "wrong-token-0123456789");
      HttpResponse<byte[]> basic =
          asking.get("/api/v1/incidents", "Authorization", "Basic " + OPERATOR);

      assertThat(none.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
      assertThat(wrong.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("invalid_token");
      assertThat(detail(wrong)).doesNotContain("wrong-token");
      assertThat(basic.statusCode()).isEqualTo(401);
      assertThat(asking.get("/api/v1/incidents?token=" + OPERATOR).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anAddressBeyondTheMachineNeedsTokens() throws Exception {
    try (FakeBackend backend =
        new FakeBackend("0.0.0.0", List.of(), Map.of(), FakeBackend.bookRemembering(100), true)) {
      Asking asking = new Asking(backend.url());

      HttpResponse<byte[]> refused = asking.get("/api/v1/incidents");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(detail(refused)).contains("operations.tokens");
      assertThat(asking.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(asking.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutTokensOnlyThisMachineByItsNamesIsLetIn() throws Exception {
    Doorkeeper keeper = Doorkeeper.at("127.0.0.1", List.of(), Map.of());

    for (String host : List.of("localhost:9464", "127.0.0.1:9464", "[::1]:9464", "LOCALHOST")) {
      assertThat(keeper.admit(headers("Host", host)).access()).isEqualTo(Access.OPERATOR);
    }
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost:9464.evil")) {
      assertThatThrownBy(() -> keeper.admit(headers("Host", host)))
          .isInstanceOf(ApiProblem.class)
          .hasMessageContaining("Forbidden");
    }
    assertThatThrownBy(() -> keeper.admit(new Headers())).isInstanceOf(ApiProblem.class);
    Headers proxied = headers("Host", "127.0.0.1");
    proxied.set("X-Forwarded-For", "203.0.113.9");
    assertThatThrownBy(() -> keeper.admit(proxied))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("proxy");
  }

  private static Headers headers(String name, String value) {
    Headers headers = new Headers();
    headers.set(name, value);
    return headers;
  }

  @Test
  void aBrowserCannotBeMadeToWriteFromElsewhere() throws Exception {
    try (FakeBackend backend = new FakeBackend()) {
      Asking asking = new Asking(backend.url());

      assertThat(
              asking
                  .post("/api/v1/test", "{\"sink\":\"soc\"}", "Origin", "https://evil.example")
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              asking
                  .post("/api/v1/test", "{\"sink\":\"soc\"}", "Sec-Fetch-Site", "cross-site")
                  .statusCode())
          .isEqualTo(403);
      assertThat(backend.written).isEmpty();
      assertThat(
              asking
                  .post("/api/v1/test", "{\"sink\":\"soc\"}", "Origin", backend.url().toString())
                  .statusCode())
          .isEqualTo(202);
      assertThat(asking.send("OPTIONS", "/api/v1/test", null).statusCode())
          .as("no preflight is answered")
          .isEqualTo(405);
    }
  }

  @Test
  void tokensThatCannotBeToldApartOrGuessedAreRefusedAtTheStart() {
    ApiToken same = new ApiToken("bob", Access.READER, new SecretSource.FromEnvironment("O"));
    ApiToken shortOne = new ApiToken("bob", Access.READER, new SecretSource.FromEnvironment("S"));

    assertThatThrownBy(() -> Doorkeeper.at("127.0.0.1", List.of(TOKENS.get(1), same), ENVIRONMENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bob")
        .hasMessageNotContaining(OPERATOR);
    assertThatThrownBy(() -> Doorkeeper.at("127.0.0.1", List.of(shortOne), Map.of("S", "short")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("short\"");
  }
}
