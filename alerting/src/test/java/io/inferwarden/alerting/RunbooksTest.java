package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunbooksTest {
  private static final Path ROOT = RepositoryRoot.path();
  private static final String INDEX = "docs/runbooks/README.md";

  /** How pages about alerts on the platform itself begin: those are not told as incidents. */
  private static final String OF_THE_PLATFORM = "/platform-";

  private static final Pattern TECHNIQUE =
      Pattern.compile("AML\\.T\\d{4}(\\.\\d{3})?|\\b(ML|LLM)\\d\\d\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @ParameterizedTest
  @EnumSource
  void everyKindHasAPageThatAnswersTheSameQuestions(IncidentKind kind) throws IOException {
    String page = Files.readString(ROOT.resolve(kind.runbook()));

    assertThat(page).contains("Kind `" + kind.code() + "`.");
    assertThat(page.lines().filter(line -> line.startsWith("## ")))
        .containsExactly(
            "## At 3 a.m.",
            "## How sure it is",
            "## First five minutes",
            "## True or false",
            "## When it is real",
            "## When it was expected",
            "## See also");
  }

  @ParameterizedTest
  @EnumSource
  void theIndexSaysOfEveryKindWhetherItPages(IncidentKind kind) throws IOException {
    String file = Path.of(kind.runbook()).getFileName().toString();

    String row =
        Files.readString(ROOT.resolve(INDEX))
            .lines()
            .filter(line -> line.startsWith("| [" + kind.code() + "](" + file + ") | "))
            .findFirst()
            .orElseThrow();

    assertThat(row.contains("| page")).isEqualTo(kind.pages());
  }

  @ParameterizedTest
  @EnumSource
  void aPageNamesAllTechniquesOfItsKindAndNoOthers(IncidentKind kind) throws IOException {
    String page = Files.readString(ROOT.resolve(kind.runbook()));

    Set<String> named = new TreeSet<>();
    TECHNIQUE.matcher(page).results().forEach(id -> named.add(id.group()));

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            kind.techniques().stream().map(Technique::id).collect(Collectors.toSet()));
  }

  @Test
  void everyOtherPageHasAKind() throws IOException {
    List<String> known =
        Stream.concat(
                Stream.of(INDEX), Arrays.stream(IncidentKind.values()).map(IncidentKind::runbook))
            .sorted()
            .toList();

    assertThat(
            pages()
                .map(page -> ROOT.relativize(page).toString().replace('\\', '/'))
                .filter(page -> !page.contains(OF_THE_PLATFORM)))
        .containsExactlyElementsOf(known);
  }

  @Test
  void pagesAboutThePlatformItselfAnswerTheSameQuestions() throws IOException {
    List<Path> ofThePlatform =
        pages().filter(page -> page.toString().contains(OF_THE_PLATFORM)).toList();

    assertThat(ofThePlatform).isNotEmpty();
    for (Path page : ofThePlatform) {
      assertThat(Files.readString(page).lines().filter(line -> line.startsWith("## ")))
          .as(page.toString())
          .containsExactly(
              "## At 3 a.m.",
              "## How sure it is",
              "## First five minutes",
              "## When it is real",
              "## Whom to wake",
              "## When it was expected",
              "## See also");
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : pages().toList()) {
      Matcher links = LINK.matcher(Files.readString(page));
      while (links.find()) {
        assertThat(page.resolveSibling(links.group(1)))
            .as(links.group(1) + " in " + page.getFileName())
            .exists();
      }
    }
  }

  private static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/runbooks"))) {
      return files.sorted().toList().stream();
    }
  }
}
