package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static StrimziSchemas strimzi;

  @BeforeAll
  static void makeSchemas() throws IOException {
    strimzi = StrimziSchemas.generate(folder);
  }

  private static List<String> problems(List<JsonNode> objects) throws IOException {
    List<JsonNode> ofStrimzi = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode object : objects) {
      boolean isOfStrimzi = object.path("apiVersion").asText().startsWith("kafka.strimzi.io/");
      (isOfStrimzi ? ofStrimzi : others).add(object);
    }
    List<String> problems = new ArrayList<>(strimzi.problems(ofStrimzi));
    problems.addAll(KubernetesSchemas.problems(others));
    return problems;
  }

  @Test
  void everyObjectOfEveryOverlayIsAsItsSchemaSays() throws IOException {
    assertThat(problems(Rendered.dev().objects())).isEmpty();
    assertThat(problems(Rendered.production().objects())).isEmpty();
    assertThat(problems(Rendered.everything().objects())).isEmpty();
    assertThat(problems(Rendered.operator().objects())).isEmpty();
    assertThat(problems(Rendered.exampleKafka().objects())).isEmpty();
  }

  @Test
  void everyKindIsThere() {
    assertThat(Rendered.everything().objects())
        .extracting(Rendered::kind)
        .contains("ScaledObject", "TriggerAuthentication", "PrometheusRule", "ServiceMonitor")
        .contains("KafkaTopic", "KafkaUser", "NetworkPolicy", "PodDisruptionBudget");
    assertThat(Rendered.dev().objects())
        .extracting(Rendered::kind)
        .contains("Kafka", "KafkaNodePool");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("mistakes")
  void refusesAPlantedMistake(String kind, String pointer, String field, String value)
      throws IOException {
    Rendered source = kind.startsWith("Kafka") ? Rendered.dev() : Rendered.everything();
    List<JsonNode> candidates = source.ofKind(kind);
    JsonNode planted =
        (candidates.isEmpty() ? Rendered.everything().ofKind(kind) : candidates).get(0).deepCopy();
    assertThat(problems(List.of(planted))).isEmpty();

    ((ObjectNode) planted.at(pointer)).set(field, JSON.readTree(value));

    assertThat(problems(List.of(planted))).isNotEmpty();
  }

  static Stream<Arguments> mistakes() {
    String container = "/spec/template/spec/containers/0";
    return Stream.of(
        arguments("StatefulSet", "/spec", "replica", "3"),
        arguments("StatefulSet", "/spec", "replicas", "\"3\""),
        arguments("StatefulSet", container + "/livenessProbe/httpGet", "paths", "\"/\""),
        arguments("StatefulSet", container + "/securityContext", "runAsNonroot", "true"),
        arguments("StatefulSet", "/spec/volumeClaimTemplates/0/spec", "accessMode", "[]"),
        arguments("Deployment", container, "imagePullPolicy", "1"),
        arguments("Deployment", "/spec", "apiVersion", "\"apps/v1\""),
        arguments("Deployment", "", "apiVersion", "\"apps/v1beta1\""),
        arguments("Service", "/spec/ports/0", "port", "\"operations\""),
        arguments("ServiceAccount", "", "automountToken", "false"),
        arguments("PodDisruptionBudget", "/spec", "maxUnavailables", "1"),
        arguments("NetworkPolicy", "/spec", "policyType", "[\"Ingress\"]"),
        arguments("ServiceMonitor", "/spec/endpoints/0", "interval", "\"quarter\""),
        arguments("ServiceMonitor", "/spec/endpoints/0", "relabeling", "[]"),
        arguments("PrometheusRule", "/spec/groups/0", "rule", "[]"),
        arguments("PrometheusRule", "/spec/groups/0/rules/0", "expr", "null"),
        arguments("ScaledObject", "/spec", "minReplicas", "1"),
        arguments("ScaledObject", "/spec/triggers/0/metadata", "value", "70"),
        arguments("TriggerAuthentication", "/spec", "secretTargetRefs", "[]"),
        arguments("KafkaTopic", "/spec", "partitions", "\"12\""),
        arguments("KafkaTopic", "/spec", "partition", "12"),
        arguments("KafkaTopic", "", "apiVersion", "\"kafka.strimzi.io/v1beta2\""),
        arguments("KafkaUser", "/spec/authentication", "type", "\"password\""),
        arguments("KafkaUser", "/spec/authorization/acls/0", "operations", "[\"Reed\"]"),
        arguments("KafkaUser", "/spec/authorization/acls/0/resource", "pattern", "\"prefix\""),
        arguments("Kafka", "/spec/kafka/listeners/0", "kind", "\"internal\""),
        arguments("KafkaNodePool", "/spec", "roles", "[\"zookeeper\"]"));
  }
}
