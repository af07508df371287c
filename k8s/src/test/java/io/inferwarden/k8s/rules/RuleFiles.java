package io.inferwarden.k8s.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules for Prometheus as they stand in the repository. */
final class RuleFiles {
  /** An alert, of which whatever the file leaves out is empty. */
  record Alert(
      String name,
      String severity,
      String expression,
      String summary,
      String description,
      String runbookUrl) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:[a-z_]+:)?(?:inferwarden|kafka)_[a-z0-9_]+(?::[a-z0-9_]+)?");

  private RuleFiles() {}

  /** The uppermost folder of the repository: tests run in the folder of their module. */
  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && Files.exists(folder.getParent().resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static Path folder() {
    return repository().resolve("k8s/rules");
  }

  static Path alertsFile() {
    return folder().resolve("inferwarden-alerts.yaml");
  }

  static Path recordingFile() {
    return folder().resolve("inferwarden-recording.yaml");
  }

  static List<Path> promtoolTests() throws IOException {
    try (Stream<Path> files = Files.list(folder().resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  static JsonNode read(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** All rules of a file, of all its groups. */
  static List<JsonNode> rules(Path file) throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    read(file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  static List<Alert> alerts() throws IOException {
    return rules(alertsFile()).stream().map(RuleFiles::alert).toList();
  }

  private static Alert alert(JsonNode rule) {
    JsonNode annotations = rule.path("annotations");
    return new Alert(
        rule.path("alert").asText(),
        rule.path("labels").path("severity").asText(),
        rule.path("expr").asText(),
        annotations.path("summary").asText(),
        annotations.path("description").asText(),
        annotations.path("runbook_url").asText());
  }

  /** Names of metrics and of recorded series in an expression. */
  static Set<String> metricsIn(String expression) {
    Set<String> names = new TreeSet<>();
    METRIC
        .matcher(expression.replaceAll("\"[^\"]*\"", "\"\""))
        .results()
        .forEach(match -> names.add(match.group()));
    return names;
  }
}
