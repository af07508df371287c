package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The schemas of Kubernetes, of the Prometheus operator and of KEDA, from packages of npm: {@code
 * src/test/npm} pins them, {@code npm ci} puts them below {@code target}.
 */
final class KubernetesSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("src/test/npm");
  private static final Path INSTALLED = Path.of("target/npm-manifests");
  private static final String LOCK = "package-lock.json";

  private KubernetesSchemas() {}

  /** What is wrong with the objects; each complaint begins with kind and name. */
  static List<String> problems(List<JsonNode> objects) throws IOException {
    install();
    Programs.Output output =
        Programs.run(INSTALLED, JSON.writeValueAsString(objects), "node", "validate.mjs");
    assertThat(output.exitCode()).as(output.error()).isZero();
    List<String> problems = new ArrayList<>();
    JsonNode found = JSON.readTree(output.text());
    assertThat(found).hasSize(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      String where = Rendered.kind(objects.get(i)) + " " + Rendered.name(objects.get(i));
      found.get(i).forEach(problem -> problems.add(where + ": " + problem.asText()));
    }
    return problems;
  }

  private static synchronized void install() throws IOException {
    assumeTrue(Programs.has("node") && Programs.has("npm"), "node or npm is not installed");
    Files.createDirectories(INSTALLED);
    Path lockOfInstalled = INSTALLED.resolve("node_modules").resolve(LOCK);
    if (!Files.exists(lockOfInstalled)
        || Files.mismatch(lockOfInstalled, SOURCE.resolve(LOCK)) != -1) {
      copy("package.json");
      copy(LOCK);
      Programs.Output output =
          Programs.run(INSTALLED, "", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      assumeTrue(output.exitCode() == 0, "npm ci failed: " + output.error());
      Files.copy(SOURCE.resolve(LOCK), lockOfInstalled);
    }
    copy("validate.mjs");
  }

  private static void copy(String file) throws IOException {
    Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }
}
