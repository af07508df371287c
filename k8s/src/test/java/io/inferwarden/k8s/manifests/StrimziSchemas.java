package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of Strimzi's objects, made by Strimzi's own generator from Strimzi's own classes, so
 * that nothing of theirs is kept here. Fields that a schema does not know are refused.
 */
final class StrimziSchemas {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String MODEL = "io.strimzi.api.kafka.model.";
  private static final Map<String, String> CLASSES =
      Map.of(
          "Kafka", MODEL + "kafka.Kafka",
          "KafkaNodePool", MODEL + "nodepool.KafkaNodePool",
          "KafkaTopic", MODEL + "topic.KafkaTopic",
          "KafkaUser", MODEL + "user.KafkaUser");

  private final Map<String, JsonSchema> byKind;

  private StrimziSchemas(Map<String, JsonSchema> byKind) {
    this.byKind = byKind;
  }

  /** Makes them, for the version v1 of the API. */
  static StrimziSchemas generate(Path folder) throws IOException {
    runGenerator(folder);
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    for (String kind : CLASSES.keySet()) {
      JsonNode version = YAML.readTree(Files.readString(file(folder, kind))).at("/spec/versions/0");
      JsonNode schema = version.at("/schema/openAPIV3Schema");
      refuseUnknownFields(schema);
      schemas.put(kind, factory.getSchema(schema));
    }
    return new StrimziSchemas(schemas);
  }

  /** The generator ends its process, so it has one of its own. */
  private static void runGenerator(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(NewerClassLoader.class.getName(), "io.strimzi."));
    command.addAll(List.of("io.strimzi.crdgenerator.CrdGenerator", "--yaml"));
    command.addAll(List.of("--target-kube", "1.30+", "--crd-api-version", "v1"));
    command.addAll(List.of("--api-versions", "v1", "--describe-api-versions", "v1"));
    command.addAll(List.of("--storage-version", "v1"));
    CLASSES.forEach((kind, name) -> command.add(name + "=" + file(folder, kind).toAbsolutePath()));
    Programs.Output output = Programs.run(folder, "", command.toArray(String[]::new));
    assertThat(output.exitCode()).as(output.error()).isZero();
  }

  private static Path file(Path folder, String kind) {
    return folder.resolve(kind + ".yaml");
  }

  private static void refuseUnknownFields(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject()
          && !object.has("additionalProperties")
          && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove("type");
      }
    }
    schema.forEach(StrimziSchemas::refuseUnknownFields);
  }

  /** What is wrong with the objects; each complaint begins with kind and name. */
  List<String> problems(List<JsonNode> objects) {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : objects) {
      String where = Rendered.kind(object) + " " + Rendered.name(object) + ": ";
      JsonSchema schema = byKind.get(Rendered.kind(object));
      if (schema == null || !object.path("apiVersion").asText().equals("kafka.strimzi.io/v1")) {
        problems.add(where + "no schema of " + object.path("apiVersion"));
      } else {
        schema.validate(object).forEach(message -> problems.add(where + message.getMessage()));
      }
    }
    return problems;
  }
}
