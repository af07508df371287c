package io.inferwarden.ingest.collector;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What can be read from the collector by whoever restarts, routes and watches. */
final class Pages {
  private static final String CONTRACT = "collector-v1.openapi.json";

  private final EventLog log;
  private final @Nullable CollectorRegistry registry;
  private final JsonAnswers answers = new JsonAnswers();
  private final byte[] contract;

  Pages(EventLog log, @Nullable CollectorRegistry registry) {
    this.log = log;
    this.registry = registry;
    this.contract = readContract();
  }

  /** The page at a path; null when there is none. */
  @Nullable Answer page(String path, boolean isClosing) {
    return switch (path) {
      case "/healthz", "/startupz" -> status(200, "up");
      case "/readyz" -> readiness(isClosing);
      case "/openapi.json" -> new Answer(200, JsonAnswers.JSON, contract);
      case "/metrics" -> registry == null ? null : metrics(registry);
      default -> null;
    };
  }

  /** Whether there is a page at a path. */
  boolean has(String path) {
    return switch (path) {
      case "/healthz", "/startupz", "/readyz", "/openapi.json" -> true;
      case "/metrics" -> registry != null;
      default -> false;
    };
  }

  private Answer readiness(boolean isClosing) {
    if (isClosing) {
      return problem("closing", "no more events are taken");
    }
    return log.isTaking() ? status(200, log.describe()) : problem("log_away", log.describe());
  }

  private static Answer metrics(CollectorRegistry registry) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return new Answer(
        200, TextFormat.CONTENT_TYPE_004, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Answer status(int status, String text) {
    return answers.status(status, text);
  }

  private Answer problem(String problem, String message) {
    return answers.of(Outcome.problem(503, problem, message), "");
  }

  private static byte[] readContract() {
    try (InputStream in = Pages.class.getResourceAsStream(CONTRACT)) {
      if (in == null) {
        throw new IllegalStateException("resource " + CONTRACT + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read resource " + CONTRACT, unreadable);
    }
  }
}
