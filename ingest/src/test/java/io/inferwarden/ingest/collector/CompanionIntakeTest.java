package io.inferwarden.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferwarden.ingest.collector.UnavailableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanionIntakeTest {
  private static final String DEPLOYMENT =
      "{\"model\":\"m\",\"version\":\"7\",\"at\":\"2026-03-01T12:00:00Z\"}";

  private final ObjectMapper mapper = new ObjectMapper();
  private Collectors collector;

  @BeforeEach
  void start() throws Exception {
    collector = Collectors.start();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void takesADeploymentAndHidesWhoDidIt() throws Exception {
    HttpResponse<String> answer =
        collector.post(
            "/v1/deployments",
            "{\"model\":\"m\",\"version\":\"7\",\"digest\":\"sha256:ab\",\"environment\":\"production\","
                + "\"by\":\"alice\",\"at\":1772366400000,\"note\":\"after review\",\"extra\":[1]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    Companion record = collector.log.companions().get(0);
    assertThat(record.topic()).isEqualTo("deployments");
    assertThat(record.key()).isEqualTo("m\u001f7\u001fsha256:ab");
    assertThat(mapper.readTree(record.json()))
        .isEqualTo(
            mapper.readTree(
                "{\"model\":\"m\",\"version\":\"7\",\"digest\":\"sha256:ab\",\"environment\":"
                    + "\"production\",\"by\":\"hidden-5\",\"at\":1772366400000,"
                    + "\"tenant\":\"default\",\"client\":\"local\","
                    + "\"receivedAt\":1772409700000}"));
  }

  @Test
  void takesFeedbackByIdOrBySubject() throws Exception {
    HttpResponse<String> answer =
        collector.post(
            "/v1/feedback",
            "[{\"id\":\"e1\",\"verdict\":\"wrong\",\"by\":\"bob\"},"
                + "{\"principal\":\"alice\",\"model\":\"m\",\"time\":1772366400000,"
                + "\"label\":\"fraud\",\"text\":\"planted\"}]");

    assertThat(answer.body()).contains("\"accepted\":2");
    assertThat(collector.log.companions())
        .extracting(Companion::key)
        .containsExactly("e1", "hidden-5");
    assertThat(collector.log.companions())
        .extracting(record -> new String(record.json(), StandardCharsets.UTF_8))
        .noneMatch(
            json -> json.contains("alice") || json.contains("bob") || json.contains("planted"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/deployments|5||not_an_object",
        "/v1/deployments|{}|model|missing_field",
        "/v1/deployments|{\"model\":\"m\"}|version|missing_field",
        "/v1/deployments|{\"model\":7}|model|wrong_type",
        "/v1/deployments|{\"model\":\" \"}|model|invalid_value",
        "/v1/deployments|{\"model\":\"\\ud800\"}|model|invalid_value",
        "/v1/deployments|{\"model\":\"m\",\"version\":\"1\",\"at\":\"yesterday\"}|at|invalid_value",
        "/v1/deployments|{\"model\":\"m\",\"version\":\"1\",\"at\":1772366400}|at|time_too_old",
        "/v1/deployments|{\"model\":\"m\",\"version\":\"1\",\"at\":99999999999999}|at|time_in_future",
        "/v1/deployments|{\"model\":\"m\",\"version\":\"1\",\"at\":1e99}|at|wrong_type",
        "/v1/deployments|{\"model\":\"m\",\"version\":\"1\",\"at\":99999999999999999999}|at|invalid_value",
        "/v1/feedback|{\"verdict\":\"wrong\"}|id|missing_field",
        "/v1/feedback|{\"id\":\"e\"}|verdict|missing_field",
        "/v1/feedback|{\"id\":\"e\",\"verdict\":\"meh\"}|verdict|invalid_value",
        "/v1/feedback|{\"principal\":\"p\",\"model\":\"m\",\"label\":\"x\"}|time|missing_field",
      })
  void saysWhatIsWrong(String path, String body, String field, String reason) throws Exception {
    HttpResponse<String> answer = collector.post(path, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode error = mapper.readTree(answer.body()).path("errors").path(0);
    assertThat(error.path("field").asText()).isEqualTo(field == null ? "" : field);
    assertThat(error.path("reason").asText()).isEqualTo(reason);
    assertThat(collector.log.companions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"model\":\"m\",\"model\":\"n\"}", "{}{}"})
  void refusesWhatIsNotJsonOrNothing(String body) throws Exception {
    HttpResponse<String> answer = collector.post("/v1/deployments", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"malformed\"");
  }

  @Test
  void takesTheSoundOnesOfSeveralAndSaysWhenTheLogIsAway() throws Exception {
    HttpResponse<String> some = collector.post("/v1/deployments", "[" + DEPLOYMENT + ",{}]");
    collector.log.refuse(Reason.AWAY);
    HttpResponse<String> away = collector.post("/v1/deployments", DEPLOYMENT);

    assertThat(some.statusCode()).isEqualTo(207);
    assertThat(some.body()).contains("\"place\":\"object 2\"");
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(collector.metric("inferwarden_ingest_received_total", "source", "deployments"))
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deployment|true|{\"model\":\"m\",\"version\":\"7\",\"at\":1772366400000}",
        "deployment|true|{\"model\":\"m\",\"version\":\"7\",\"at\":\"2026-03-01T12:00:00+01:00\",\"by\":null}",
        "deployment|false|{\"model\":\"m\",\"version\":\"7\"}",
        "deployment|false|{\"model\":\"\",\"version\":\"7\",\"at\":1772366400000}",
        "deployment|false|{\"model\":\"m\",\"version\":\"7\",\"at\":\"yesterday\"}",
        "feedback|true|{\"id\":\"e\",\"verdict\":\"harmful\"}",
        "feedback|true|{\"principal\":\"p\",\"model\":\"m\",\"time\":1772366400000,\"label\":\"x\"}",
        "feedback|false|{\"id\":\"e\"}",
        "feedback|false|{\"id\":\"e\",\"verdict\":\"meh\"}",
        "feedback|false|{\"principal\":\"p\",\"model\":\"m\",\"label\":\"x\"}",
      })
  void agreesWithItsPublishedSchemas(String name, boolean isSound, String body) throws Exception {
    HttpResponse<String> answer =
        collector.post(name.equals("deployment") ? "/v1/deployments" : "/v1/feedback", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(isSound ? 202 : 400);
    assertThat(schema(name + "-v1").validate(mapper.readTree(body)).isEmpty()).isEqualTo(isSound);
  }

  @Test
  void publishesTheContractThatItServes() throws Exception {
    JsonNode contract = mapper.readTree(collector.get("/openapi.json").body());
    Set<String> paths = new TreeSet<>();
    contract.path("paths").fieldNames().forEachRemaining(paths::add);

    assertThat(contract.path("openapi").asText()).startsWith("3.1");
    assertThat(paths)
        .contains("/v1/events", "/v1/deployments", "/v1/feedback", "/healthz", "/readyz");
    for (String reference : contract.findValuesAsText("$ref")) {
      assertThat(contract.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  private static JsonSchema schema(String name) throws IOException {
    try (InputStream in = CompanionIntake.class.getResourceAsStream(name + ".schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
  }
}
