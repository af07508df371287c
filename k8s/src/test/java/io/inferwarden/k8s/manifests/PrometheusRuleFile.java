package io.inferwarden.k8s.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Prometheus operator's form of the rules in {@code k8s/rules}: the same text, comments
 * included, below {@code spec}. Kustomize cannot put the text of one file into another.
 */
final class PrometheusRuleFile {
  private static final String HEADER =
      """
      # Made from rules/*.yaml by PrometheusRuleFile in src/test; do not edit: k8s/README.md says how to make it anew.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: inferwarden
      spec:
        groups:
      """;
  private static final String GROUPS = "groups:";
  private static final String INDENTATION = "    ";

  private PrometheusRuleFile() {}

  /** Where the manifest stands in the folder {@code k8s}. */
  static Path fileIn(Path folder) {
    return folder.resolve("components/monitoring/prometheus-rule.yaml");
  }

  /**
   * What the manifest must hold.
   *
   * @param folder {@code k8s}
   * @throws IOException when the rules cannot be read, or a file of them has no line {@code
   *     groups:}
   */
  static String text(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    try (Stream<Path> files = Files.list(folder.resolve("rules"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
        append(text, file);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int start = lines.indexOf(GROUPS);
    if (start < 0) {
      throw new IOException(file + " must have a line \"" + GROUPS + '"');
    }
    List<String> groups = lines.subList(start + 1, lines.size());
    int indented =
        groups.stream()
            .filter(line -> line.strip().startsWith("- "))
            .mapToInt(line -> line.indexOf('-'))
            .findFirst()
            .orElseThrow(() -> new IOException(file + " must have a group"));
    for (String line : groups) {
      String kept = line.isBlank() ? "" : INDENTATION + withoutIndentation(line, indented);
      text.append(kept).append('\n');
    }
  }

  private static String withoutIndentation(String line, int most) {
    int blanks = 0;
    while (blanks < most && line.charAt(blanks) == ' ') {
      blanks++;
    }
    return line.substring(blanks);
  }
}
