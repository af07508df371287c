package io.inferwarden.k8s.dashboards;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of metrics: those that the code registers, and those that a query asks for. */
final class MetricNames {
  private static final List<String> MODULES = List.of("ingest", "alerting", "streams-app");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:_[a-z0-9]+)+)\"");

  /** Put before the names of what is taken over from Kafka's own metrics. */
  private static final String BRIDGED = "kafka_";

  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:inferwarden|kafka|jvm|process)_[a-z0-9_]+");

  private MetricNames() {}

  /** Names in literals of the code that is shipped, and those of the Java machine. */
  static Set<String> inTheCode() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : MODULES) {
      try (Stream<Path> sources =
          Files.walk(DashboardFiles.ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          for (MatchResult literal : LITERAL.matcher(Files.readString(source)).results().toList()) {
            names.add(literal.group(1));
            names.add(BRIDGED + literal.group(1));
          }
        }
      }
    }
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      Collections.addAll(names, family.getNames());
    }
    return names;
  }

  /** Whether a name is one of them, or a series of one of them. */
  static boolean isOf(String name, Set<String> known) {
    return known.contains(name)
        || Stream.of("_total", "_bucket", "_count", "_sum")
            .anyMatch(
                suffix ->
                    name.endsWith(suffix)
                        && known.contains(name.substring(0, name.length() - suffix.length())));
  }

  /** The metrics that a query asks for. */
  static Set<String> in(String expression) {
    Set<String> names = new HashSet<>();
    NAME.matcher(TEXT.matcher(expression).replaceAll("\"\""))
        .results()
        .forEach(match -> names.add(match.group()));
    return names;
  }
}
