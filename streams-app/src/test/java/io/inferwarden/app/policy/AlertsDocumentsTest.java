package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of configurations in the documents are valid. */
class AlertsDocumentsTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```yaml\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void everyExampleOfAlertsIsAValidConfiguration() throws IOException {
    Path root = root();
    List<String> examples = examplesOf(root.resolve("README.md"));
    try (Stream<Path> pages = Files.list(root.resolve("docs/alerts"))) {
      for (Path page : pages.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        examples.addAll(examplesOf(page));
      }
    }

    assertThat(examples).hasSizeGreaterThan(10);
    for (String example : examples) {
      assertThatCode(() -> RunConfigFile.parse("example", example, root))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  private static List<String> examplesOf(Path page) throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(page));
    while (matcher.find()) {
      if (matcher.group(1).contains("alerts:")) {
        examples.add(matcher.group(1));
      }
    }
    return examples;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/alerts"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
