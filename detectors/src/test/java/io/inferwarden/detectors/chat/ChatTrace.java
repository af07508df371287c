package io.inferwarden.detectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.detectors.principal.LearningSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A labelled trace of chat events. */
record ChatTrace(List<ChatEvent> events, Map<String, Attack> attacks, Map<String, String> roles) {
  record Attack(String type, long fromMillis) {}

  static ChatTrace read(Path folder, String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<ChatEvent> events = new ArrayList<>();
    Map<String, Prompt> prompts = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = mapper.readTree(line);
        events.add(
            new ChatEvent(
                json.path("principal").asText(),
                json.path("time").asLong(),
                json.path("input").path("tokens").asInt(),
                json.path("output").path("tokens").asInt(),
                prompts.computeIfAbsent(json.path("input").path("text").asText(), Prompt::of)));
      }
    }
    JsonNode labels = mapper.readTree(folder.resolve(name + ".labels.json").toFile());
    Map<String, Attack> attacks = new HashMap<>();
    for (JsonNode one : labels.path("principals")) {
      attacks.putIfAbsent(
          one.path("principal").asText(),
          new Attack(one.path("attack").asText(), one.path("from").asLong()));
    }
    Map<String, String> roles = new HashMap<>();
    labels
        .path("roles")
        .properties()
        .forEach(role -> roles.put(role.getKey(), role.getValue().asText()));
    return new ChatTrace(events, attacks, roles);
  }

  /**
   * The first events of each principal within the learning time.
   *
   * @param most of a principal
   * @param isPerPart whether the first third and the rest are counted apart, as in the reference
   */
  List<LearningSample> learningSamples(double minutes, int most, boolean isPerPart) {
    Map<String, Integer> taken = new HashMap<>();
    List<LearningSample> samples = new ArrayList<>();
    long start = events.get(0).timeMillis();
    double span = minutes * 60_000;
    for (ChatEvent event : events) {
      double at = event.timeMillis() - (double) start;
      String part = isPerPart && at < span / 3 ? "early " : "";
      if (at < span && taken.merge(part + event.principal(), 1, Integer::sum) <= most) {
        samples.add(new LearningSample(event.principal(), event));
      }
    }
    return samples;
  }
}
