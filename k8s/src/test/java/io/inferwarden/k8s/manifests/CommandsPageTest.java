package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page of commands tells to type is understood, and what it names is there. */
class CommandsPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
  private static final Pattern COMMAND =
      Pattern.compile("^(?:.*/opt/inferwarden/)?inferwarden (?<arguments>[^(>]*)(?:>.*)?$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs/operate/commands.md")));
    while (block.find()) {
      block.group(1).lines().forEach(lines::add);
    }
    return lines;
  }

  @Test
  void everyCommandOfThePlatformIsUnderstood() throws IOException {
    int commands = 0;
    for (String line : lines()) {
      Matcher command = COMMAND.matcher(line);
      if (!command.matches() || line.startsWith("inferwarden()")) {
        continue;
      }
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(command.group("arguments"));
      while (word.find()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      assertThat(PlatformCommand.unmatched(words)).as(line).isEmpty();
      commands++;
    }

    assertThat(commands).isGreaterThan(10);
  }

  @Test
  void whatItNamesIsInThePod() throws IOException {
    JsonNode pod =
        Rendered.operator().one("Deployment", "inferwarden-operator").at("/spec/template/spec");
    Set<String> containers = new TreeSet<>();
    Set<String> mounts = new TreeSet<>();
    List<String> itsOwn = new ArrayList<>();
    pod.at("/containers/0/args").forEach(argument -> itsOwn.add(argument.asText()));
    for (JsonNode container : pod.path("containers")) {
      containers.add(container.path("name").asText());
      mounts.addAll(container.path("volumeMounts").findValuesAsText("mountPath"));
    }
    String page = String.join("\n", lines());

    assertThat(PlatformCommand.unmatched(itsOwn)).isEmpty();
    assertThat(containers).allMatch(name -> page.contains("--container " + name + " "));
    assertThat(mounts).contains("/exchange", "/etc/inferwarden");
    assertThat(page)
        .contains("deployment/inferwarden-operator", "/etc/inferwarden/kafka.properties");
  }
}
