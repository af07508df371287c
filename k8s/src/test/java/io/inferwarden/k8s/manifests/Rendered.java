package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code kubectl apply -k} would send, as {@code kubectl kustomize} prints it. */
record Rendered(List<JsonNode> objects) {
  private static final Map<String, Rendered> KNOWN = new ConcurrentHashMap<>();
  private static final YAMLMapper YAML = new YAMLMapper();

  static Rendered dev() {
    return of("overlays/dev");
  }

  static Rendered production() {
    return of("overlays/production");
  }

  /** Production with all components, those that are off as well. */
  static Rendered everything() {
    return of("src/test/kustomize/everything");
  }

  /** The pod in which operators run commands, beside production. */
  static Rendered operator() {
    return of("operate");
  }

  /** The Kafka that is shown as an example. */
  static Rendered exampleKafka() {
    try {
      return new Rendered(
          documents(Files.readAllBytes(Path.of("overlays/production/kafka-example.yaml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> documents(byte[] yaml) throws IOException {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return List.copyOf(documents.readAll());
    }
  }

  private static Rendered of(String folder) {
    return KNOWN.computeIfAbsent(folder, Rendered::render);
  }

  private static Rendered render(String folder) {
    assumeTrue(Programs.has("kubectl"), "kubectl is not installed");
    try {
      Programs.Output output = Programs.run(Path.of(""), "", "kubectl", "kustomize", folder);
      assertThat(output.exitCode()).as(output.error()).isZero();
      return new Rendered(documents(output.text().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(folder + " cannot be rendered", e);
    }
  }

  /** A copy, which may be changed. */
  Rendered copy() {
    return new Rendered(objects.stream().<JsonNode>map(JsonNode::deepCopy).toList());
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> kind.equals(kind(object))).toList();
  }

  JsonNode one(String kind, String name) {
    return ofKind(kind).stream()
        .filter(object -> name(object).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  /** The text of a file in a ConfigMap whose name begins so and ends with a hash. */
  String configuration(String name, String file) {
    return ofKind("ConfigMap").stream()
        .filter(object -> name(object).matches(name + "-[a-z0-9]{10}"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no ConfigMap " + name))
        .at("/data")
        .path(file)
        .asText();
  }

  static String kind(JsonNode object) {
    return object.path("kind").asText();
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
