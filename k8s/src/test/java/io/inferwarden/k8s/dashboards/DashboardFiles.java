package io.inferwarden.k8s.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The committed files of {@code k8s/dashboards}, and what is asked in them. */
final class DashboardFiles {
  static final Path ROOT = root();
  static final Path FOLDER = ROOT.resolve("k8s/dashboards");
  static final List<String> NAMES = List.of("operations.json", "model.json", "security.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One query of a page: of a panel, or of an annotation. */
  record Asked(String page, String where, String expression) {
    @Override
    public String toString() {
      return page + ", " + where + ": " + expression;
    }
  }

  private DashboardFiles() {}

  /** The folder of the uppermost pom: tests run in the folder of their module. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && Files.exists(folder.getParent().resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static JsonNode page(String name) throws IOException {
    return JSON.readTree(FOLDER.resolve(name).toFile());
  }

  /** Panels that show something; rows are none. */
  static List<JsonNode> panels(JsonNode page) {
    return stream(page.path("panels"))
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  static List<Asked> asked(JsonNode page) {
    String title = page.path("title").asText();
    List<Asked> asked = new ArrayList<>();
    for (JsonNode panel : panels(page)) {
      for (JsonNode target : panel.path("targets")) {
        asked.add(
            new Asked(
                title,
                panel.path("title").asText() + " " + target.path("refId").asText(),
                target.path("expr").asText()));
      }
    }
    for (JsonNode annotation : page.at("/annotations/list")) {
      asked.add(
          new Asked(
              title,
              "annotation " + annotation.path("name").asText(),
              annotation.path("expr").asText()));
    }
    return asked;
  }

  static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all.stream();
  }
}
