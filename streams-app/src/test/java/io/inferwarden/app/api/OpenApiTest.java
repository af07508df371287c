package io.inferwarden.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.app.policy.ApiToken.Access;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds what the description promises to what the server does. */
class OpenApiTest {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    try (FakeBackend backend = new FakeBackend()) {
      Set<String> served = new TreeSet<>();
      backend.api.routes().forEach(route -> served.add(route.method() + " " + route.template()));
      Set<String> described = new TreeSet<>();
      description(backend)
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method ->
                              described.add(
                                  method.toUpperCase(java.util.Locale.ROOT)
                                      + " "
                                      + path.getKey())));

      assertThat(described).isEqualTo(served);
    }
  }

  @Test
  void writesNeedAnOperatorAndReadsDoNot() throws Exception {
    try (FakeBackend backend = new FakeBackend()) {
      for (Route route : backend.api.routes()) {
        assertThat(route.access())
            .as(route.toString())
            .isEqualTo(route.isWrite() ? Access.OPERATOR : Access.READER);
      }
    }
  }

  @Test
  void describesTheParametersThatAreTaken() throws Exception {
    try (FakeBackend backend = new FakeBackend()) {
      JsonNode description = description(backend);
      for (String path : List.of("incidents", "silences", "deliveries")) {
        List<String> names = new ArrayList<>();
        description
            .path("paths")
            .path("/api/v1/" + path)
            .path("get")
            .path("parameters")
            .forEach(parameter -> names.add(parameter.path("name").asText()));

        String refusal =
            Asking.detail(new Asking(backend.url()).get("/api/v1/" + path + "?unknown=1"));

        assertThat(refusal).contains("the parameters are " + String.join(", ", names) + ";");
      }
    }
  }

  @Test
  void answersAreAsDescribed() throws Exception {
    try (FakeBackend backend = new FakeBackend()) {
      Asking asking = new Asking(backend.url());
      Incident incident = FakeBackend.opened("acme", 0);
      backend.put(incident);
      backend.put(FakeBackend.opened("other", 1, IncidentKind.STOLEN_KEY, Severity.CRITICAL));
      backend.deliver(incident, "soc", Outcome.DELIVERED, "delivered");
      String one = "/api/v1/incidents/" + incident.id();

      hold(backend, "get", "/api/v1/incidents", asking.get("/api/v1/incidents?limit=1"), 200);
      hold(backend, "get", "/api/v1/incidents", asking.get("/api/v1/incidents?limit=x"), 400);
      hold(backend, "get", "/api/v1/incidents/{id}", asking.get(one), 200);
      hold(backend, "get", "/api/v1/incidents/{id}", asking.get("/api/v1/incidents/none"), 404);
      hold(
          backend,
          "post",
          "/api/v1/incidents/{id}/acknowledge",
          asking.post(one + "/acknowledge", "{\"note\":\"on it\"}"),
          200);
      hold(
          backend,
          "post",
          "/api/v1/incidents/{id}/verdict",
          asking.post(one + "/verdict", "{\"verdict\":\"false\"}"),
          200);
      hold(
          backend,
          "post",
          "/api/v1/incidents/{id}/acknowledge",
          asking.post(one + "/acknowledge", "{}"),
          409);
      HttpResponse<byte[]> silence =
          asking.post(
              "/api/v1/silences",
              "{\"match\":{\"kinds\":[\"fuzzing\"],\"minimalSeverity\":\"low\"},"
                  + "\"reason\":\"x\",\"endsAt\":\"2026-03-03T00:00:00Z\"}");
      hold(backend, "post", "/api/v1/silences", silence, 201);
      hold(backend, "get", "/api/v1/silences", asking.get("/api/v1/silences"), 200);
      hold(
          backend,
          "delete",
          "/api/v1/silences/{id}",
          asking.send(
              "DELETE", "/api/v1/silences/" + Asking.json(silence).path("id").asText(), null),
          200);
      hold(backend, "get", "/api/v1/deliveries", asking.get("/api/v1/deliveries"), 200);
      hold(
          backend,
          "post",
          "/api/v1/redeliver",
          asking.post("/api/v1/redeliver", "{\"sink\":\"soc\",\"since\":\"2026-03-02T00:00:00Z\"}"),
          202);
      hold(backend, "post", "/api/v1/test", asking.post("/api/v1/test", "{\"sink\":\"soc\"}"), 202);
      hold(
          backend,
          "post",
          "/api/v1/test",
          asking.send("POST", "/api/v1/test", "{}", "Content-Type", "text/plain"),
          415);
      hold(backend, "get", "/api/v1/openapi.json", asking.get("/api/v1/openapi.json"), 200);
    }
  }

  private static JsonNode description(FakeBackend backend) throws Exception {
    return Asking.json(new Asking(backend.url()).get("/api/v1/openapi.json"));
  }

  private static void hold(
      FakeBackend backend, String method, String path, HttpResponse<byte[]> response, int status)
      throws Exception {
    assertThat(response.statusCode()).as(method + " " + path).isEqualTo(status);
    JsonNode description = description(backend);
    String type = response.headers().firstValue("Content-Type").orElse("");
    JsonNode schema =
        description
            .path("paths")
            .path(path)
            .path(method)
            .path("responses")
            .path(Integer.toString(status))
            .path("content")
            .path(type)
            .path("schema");
    assertThat(schema.isObject())
        .as("%s %s %s %s is described", method, path, status, type)
        .isTrue();
    ObjectNode document = JsonFields.newObject();
    document.setAll((ObjectNode) schema);
    document.set("components", description.path("components"));
    JsonSchema validator = SCHEMAS.getSchema(document);

    assertThat(validator.validate(Asking.json(response)))
        .as("%s %s %s", method, path, status)
        .isEmpty();
  }
}
