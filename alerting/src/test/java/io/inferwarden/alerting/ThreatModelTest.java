package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the coverage table of the threat model to the kinds of incident. */
class ThreatModelTest {
  private static final Path PAGE = RepositoryRoot.path().resolve("docs/threat-model.md");
  private static final String HEADER = "| threat | kind | techniques | signals | detector |";
  private static final String NOT_DETECTED = " (not detected)";
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private final List<String> lines = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** A line of the table. */
  record Row(String threat, List<IncidentKind> kinds, List<String> techniques, String detector) {
    static Row of(String line) {
      String[] cells = line.substring(1).split("\\|");
      assertThat(cells).as(line).hasSize(5);
      return new Row(
          cells[0].strip(),
          kindsOf(cells[1].strip()),
          techniquesOf(cells[2].strip()),
          cells[4].strip());
    }

    private static List<IncidentKind> kindsOf(String cell) {
      if (cell.equals("none")) {
        return List.of();
      }
      return Arrays.stream(cell.split(", "))
          .peek(code -> assertThat(code).matches("`[a-z_]+`"))
          .map(code -> IncidentKind.ofCode(code.replace("`", "")))
          .toList();
    }

    private static List<String> techniquesOf(String cell) {
      return cell.equals("-") ? List.of() : List.of(cell.split(", "));
    }

    List<String> carriedByItsKinds() {
      return kinds.stream().flatMap(kind -> ids(kind).stream()).toList();
    }
  }

  @BeforeEach
  void readsTheTable() throws IOException {
    lines.addAll(Files.readAllLines(PAGE));
    assertThat(lines).containsOnlyOnce(HEADER);
    lines.stream()
        .skip(lines.indexOf(HEADER) + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(Row::of)
        .forEach(rows::add);
  }

  /** Kinds of delivery speak of the platform's own alerts: they are no threats, so no rows. */
  @ParameterizedTest
  @EnumSource
  void everyKindIsInTheTableWithAllItsTechniques(IncidentKind kind) {
    if (kind.isOfDelivery()) {
      assertThat(rows).as("rows of " + kind).noneMatch(row -> row.kinds().contains(kind));
      return;
    }
    List<Row> ofKind = rows.stream().filter(row -> row.kinds().contains(kind)).toList();

    assertThat(ofKind).as("rows of " + kind).isNotEmpty();
    assertThat(ofKind.stream().flatMap(row -> row.techniques().stream())).containsAll(ids(kind));
  }

  @Test
  void everyTechniqueIsCarriedByAKindOfItsRowOrSaidNotToBeDetected() {
    for (Row row : rows) {
      for (String technique : row.techniques()) {
        String id = technique.replace(NOT_DETECTED, "");
        assertThat(id).matches("AML\\.T\\d{4}(\\.\\d{3})?|(ML|LLM)(0[1-9]|10)");
        assertThat(row.carriedByItsKinds().contains(id))
            .as(technique + " of " + row.threat())
            .isNotEqualTo(technique.endsWith(NOT_DETECTED));
      }
    }
  }

  @Test
  void whatHasNoKindHasNoDetector() {
    assertThat(rows)
        .filteredOn(row -> row.kinds().isEmpty())
        .isNotEmpty()
        .allMatch(row -> row.detector().equals("none"));
    assertThat(rows)
        .filteredOn(row -> !row.kinds().isEmpty())
        .noneMatch(row -> row.detector().equals("none"));
  }

  @Test
  void noEntryOfOwaspIsPassedOver() {
    Set<String> named = new HashSet<>();
    rows.forEach(row -> row.techniques().forEach(id -> named.add(id.replace(NOT_DETECTED, ""))));

    assertThat(named)
        .containsAll(
            IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(i -> Stream.of(String.format("ML%02d", i), String.format("LLM%02d", i)))
                .toList());
  }

  @Test
  void everyThreatSaysWhatIsLeftOverAndWhatWouldComeNext() {
    for (Row row : rows) {
      List<String> section =
          lines.stream()
              .dropWhile(line -> !line.equals("### " + row.threat()))
              .skip(1)
              .takeWhile(line -> !line.startsWith("#"))
              .toList();

      assertThat(section.stream().filter(line -> line.startsWith("**Left over.** ")))
          .as(row.threat())
          .hasSize(1);
      assertThat(section.stream().filter(line -> line.startsWith("**Next move.** ")))
          .as(row.threat())
          .hasSize(1);
    }
  }

  @Test
  void namesTheEditionsOfTheCatalogues() {
    String page = String.join(" ", lines);

    assertThat(Arrays.stream(IncidentKind.values()).flatMap(kind -> kind.techniques().stream()))
        .extracting(technique -> technique.framework() + " " + technique.edition())
        .containsOnly("atlas 2026.09", "owasp-ml 2023", "owasp-llm 2026");
    assertThat(page)
        .contains("MITRE ATLAS 2026.09 ")
        .contains("OWASP Machine Learning Security Top 10 2023 ")
        .contains("OWASP Top 10 for LLM Applications 2026 ");
  }

  @Test
  void everyLinkLeadsToAFile() {
    for (String line : lines) {
      for (MatchResult link : LINK.matcher(line).results().toList()) {
        assertThat(PAGE.resolveSibling(link.group(1))).as(line).exists();
      }
    }
  }

  private static List<String> ids(IncidentKind kind) {
    return kind.techniques().stream().map(Technique::id).toList();
  }
}
