package io.inferwarden.k8s.rules;

import io.inferwarden.alerting.book.IncidentBook;
import io.inferwarden.alerting.book.IncidentBookMetrics;
import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.ingest.collector.CollectorMetrics;
import io.inferwarden.ingest.collector.log.LogMetrics;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of all metrics that the platform can show: those that its registries hold, and those of
 * collectors that need a running platform, which are read from the text of the code.
 */
final class KnownMetrics {
  private static final Pattern LITERAL = Pattern.compile("\"((?:inferwarden|kafka)_[a-z0-9_]+)\"");
  private static final List<String> MODULES = List.of("alerting", "ingest", "streams-app");

  private KnownMetrics() {}

  static Set<String> names() throws IOException {
    CollectorRegistry registry = new CollectorRegistry();
    new AppMetrics(registry);
    new AlertingMetrics(registry);
    IncidentBookMetrics.register(new IncidentBook(), registry);
    new LogMetrics(registry);
    new CollectorMetrics(registry);
    Set<String> names = new TreeSet<>();
    for (MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      names.addAll(List.of(family.getNames()));
    }
    names.addAll(inTheCode());
    return names;
  }

  private static Set<String> inTheCode() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = RuleFiles.repository().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    LITERAL
                        .matcher(text(file))
                        .results()
                        .forEach(match -> names.add(match.group(1))));
      }
    }
    return names;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
