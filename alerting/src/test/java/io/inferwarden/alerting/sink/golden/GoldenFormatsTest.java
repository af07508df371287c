package io.inferwarden.alerting.sink.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.RepositoryRoot;
import io.inferwarden.alerting.outbox.Notification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the files in {@code docs/alerts/golden} to what the sinks send. They are written anew with
 *
 * <pre>
 * mvn -pl alerting -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=GoldenFormatsTest \
 *     -Dinferwarden.golden=write test
 * </pre>
 */
@Timeout(60)
class GoldenFormatsTest {
  private static final Path FILES = RepositoryRoot.path().resolve("docs/alerts/golden");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final boolean WRITES = "write".equals(System.getProperty("inferwarden.golden"));

  static Stream<Arguments> all() {
    return GoldenIncidents.byName().entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(GoldenFormat.values())
                    .map(format -> Arguments.of(entry.getKey(), format, entry.getValue())));
  }

  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("all")
  void aSinkSendsWhatItsFileShows(String name, GoldenFormat format, Incident incident)
      throws Exception {
    Path file = FILES.resolve(name + "." + format.suffix());

    String sent = format.of(notification(incident));
    if (WRITES) {
      Files.writeString(file, sent);
    }

    assertThat(sent).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("all")
  void everyFormatTellsTheSame(String name, GoldenFormat format, Incident incident)
      throws Exception {
    String file = Files.readString(FILES.resolve(name + "." + format.suffix()));

    String text = format.textOf(file).toLowerCase(Locale.ROOT);

    assertThat(told(format, incident)).allSatisfy(part -> assertThat(text).containsPattern(part));
  }

  @Test
  void thereIsNoOtherFile() throws Exception {
    List<String> expected =
        all().map(each -> each.get()[0] + "." + ((GoldenFormat) each.get()[1]).suffix()).toList();

    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void everyLinkOfThePagesLeadsToAFile() throws Exception {
    try (Stream<Path> files = Files.list(FILES.getParent())) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
          assertThat(page.resolveSibling(link.group(1))).as(page.toString()).exists();
        }
      }
    }
  }

  /** What has to be found, each as a word of its own. */
  private static List<Pattern> told(GoldenFormat format, Incident incident) {
    List<String> parts = new ArrayList<>();
    parts.add(incident.id());
    parts.add(incident.kind().code());
    parts.add(incident.state().code());
    parts.add(format.severity(incident.severity()));
    if (incident.change() != IncidentChange.OPENED || !format.isForPeople()) {
      parts.add(incident.change().code());
    }
    incident.techniques().stream()
        .limit(format.isForPeople() ? 1 : Long.MAX_VALUE)
        .forEach(technique -> parts.add(technique.id().toLowerCase(Locale.ROOT)));
    Evidence strongest = incident.evidence().get(0);
    parts.add(Math.round(100 * strongest.observed()) + " %");
    parts.add(Math.round(100 * strongest.expected()) + " %");
    return parts.stream().map(GoldenFormatsTest::word).toList();
  }

  private static Pattern word(String part) {
    return part.startsWith("|")
        ? Pattern.compile(Pattern.quote(part))
        : Pattern.compile("(?<![\\w.])" + Pattern.quote(part) + "(?!\\w|\\.\\d)");
  }

  private static Notification notification(Incident incident) {
    return Notification.ofChange(
        incident, "soc", "default", incident.lastSeenAtMillis() + Examples.MINUTE);
  }
}
