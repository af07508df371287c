package io.inferwarden.k8s.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the files in {@code k8s/dashboards} to what the generator writes. They are written anew
 * with
 *
 * <pre>
 * mvn -pl k8s -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=DashboardFilesTest \
 *     -Dinferwarden.golden=write test
 * </pre>
 */
class DashboardFilesTest {
  private static final boolean WRITES = "write".equals(System.getProperty("inferwarden.golden"));
  private static final Pattern RUNBOOK = Pattern.compile("\\$\\{runbooks}/([A-Za-z-]+\\.md)");

  static final List<String> NAMES = DashboardFiles.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void aFileIsWhatTheGeneratorWrites(String name) throws Exception {
    Path file = DashboardFiles.FOLDER.resolve(name);

    String written = Dashboards.files().get(name);
    if (WRITES) {
      Files.writeString(file, written);
    }

    assertThat(Files.readString(file)).isEqualTo(written);
  }

  @Test
  void thereIsNoOtherFile() throws Exception {
    try (Stream<Path> files = Files.list(DashboardFiles.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> file.endsWith(".json"))
          .containsExactlyInAnyOrderElementsOf(NAMES)
          .containsExactlyInAnyOrderElementsOf(Dashboards.files().keySet());
    }
  }

  @Test
  void pagesLeadToEachOther() throws Exception {
    for (String name : NAMES) {
      JsonNode page = DashboardFiles.page(name);

      List<String> links = page.path("links").findValuesAsText("url");
      Set<String> others = new HashSet<>(Set.of("operations", "model", "security"));
      others.remove(name.replace(".json", ""));

      assertThat(links)
          .containsAll(others.stream().map(other -> "/d/inferwarden-" + other).toList());
      assertThat(links).anyMatch(link -> link.startsWith("${incidents}/api/v1/incidents"));
    }
  }

  @Test
  void everyRunbookThatAPageNamesExists() throws Exception {
    Path runbooks = DashboardFiles.ROOT.resolve("docs/runbooks");
    List<String> missing = new ArrayList<>();

    for (String name : NAMES) {
      String text = Files.readString(DashboardFiles.FOLDER.resolve(name));
      for (MatchResult link : RUNBOOK.matcher(text).results().toList()) {
        if (!Files.exists(runbooks.resolve(link.group(1)))) {
          missing.add(link.group(1));
        }
      }
      assertThat(RUNBOOK.matcher(text).results()).isNotEmpty();
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyMetricThatAPageAsksForIsInTheCode() throws Exception {
    Set<String> known = MetricNames.inTheCode();
    List<String> unknown = new ArrayList<>();

    for (String name : NAMES) {
      for (DashboardFiles.Asked asked : DashboardFiles.asked(DashboardFiles.page(name))) {
        Set<String> named = MetricNames.in(asked.expression());
        assertThat(named).as(asked.toString()).isNotEmpty();
        named.stream()
            .filter(metric -> !MetricNames.isOf(metric, known))
            .forEach(metric -> unknown.add(metric + " of " + asked.where()));
      }
    }

    assertThat(unknown).isEmpty();
  }
}
