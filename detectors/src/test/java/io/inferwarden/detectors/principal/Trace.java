package io.inferwarden.detectors.principal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** A labelled trace of classifier events. */
record Trace(List<TraceEvent> events, Map<String, Attack> attacks, Map<String, String> roles) {
  private static final int MAXIMUM_LEARNED = 60;

  record Attack(String type, long fromMillis) {}

  static Trace read(Path folder, String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<TraceEvent> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(TraceEvent.of(mapper.readTree(line)));
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
    return new Trace(events, attacks, roles);
  }

  /** The first events of each principal within the learning time. */
  List<LearningSample> learningSamples(double hours) {
    Map<String, Integer> taken = new HashMap<>();
    List<LearningSample> samples = new ArrayList<>();
    long end = events.get(0).timeMillis() + (long) (hours * 3_600_000);
    for (TraceEvent event : events) {
      if (event.timeMillis() < end
          && taken.merge(event.principal(), 1, Integer::sum) <= MAXIMUM_LEARNED) {
        samples.add(new LearningSample(event.principal(), event));
      }
    }
    return samples;
  }
}
