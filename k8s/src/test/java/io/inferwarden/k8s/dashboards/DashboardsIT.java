package io.inferwarden.k8s.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.k8s.process.ChildProcess;
import io.inferwarden.k8s.process.PrometheusProcess;
import io.inferwarden.k8s.process.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the platform while it is attacked; then every query of every page, with
 * its variables filled as Grafana fills them, must return data.
 */
@Timeout(300)
class DashboardsIT {
  private static final long SEED = 7;
  private static final long START_MILLIS = Duration.ofDays(20_500).toMillis();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A model that cannot be judged has no evidence for a while, so a moment is not enough. */
  private static final Duration SINCE = Duration.ofMinutes(4);

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  /** Queries that may be empty in this test, by a part of their text, and why. */
  private static final Map<String, String> MAY_BE_EMPTY =
      Map.of(
          "inferwarden_model_refusal_ratio",
          "only models that answer in text refuse, and the simulated ones are classifiers");

  @Test
  void everyQueryOfEveryPageReturnsData(@TempDir Path folder) throws Exception {
    Promtool.require("prometheus");
    CompletableFuture<DemoWorld> world =
        CompletableFuture.supplyAsync(() -> DemoWorld.create(SEED, START_MILLIS));

    try (PlatformProcess platform = PlatformProcess.start(folder)) {
      Path data = Files.createDirectory(folder.resolve("prometheus"));
      String target = platform.operations().replace("http://", "");
      try (PrometheusProcess prometheus = PrometheusProcess.start(data, "inferwarden", target)) {
        attack(platform, prometheus, world.get());

        List<String> failures = new ArrayList<>();
        for (String name : DashboardFiles.NAMES) {
          JsonNode page = DashboardFiles.page(name);
          failures.addAll(emptyChoices(prometheus, page));
          failures.addAll(emptyQueries(prometheus, page));
        }

        assertThat(failures).isEmpty();
      }
    }
  }

  private static void attack(
      PlatformProcess platform, PrometheusProcess prometheus, DemoWorld world) throws Exception {
    PlatformTraffic traffic = new PlatformTraffic(platform);
    traffic.sendFaults();
    traffic.send(world, START_MILLIS);
    ChildProcess.until("incidents are open", PATIENCE, () -> traffic.openIncidents().size() >= 4);
    List<String> incidents = traffic.openIncidents();
    traffic.judge(incidents.get(0), "true");
    traffic.judge(incidents.get(1), "false");
    ChildProcess.until(
        "Prometheus has seen the verdicts",
        PATIENCE,
        () -> !prometheus.query("count(inferwarden_incident_precision_ratio) > 0").isEmpty());
    ChildProcess.until(
        "Prometheus has seen the models judged",
        PATIENCE,
        () ->
            !prometheus
                .query("max_over_time(count(inferwarden_model_cause_share)[4m:1s])")
                .isEmpty());
    ChildProcess.until(
        "Prometheus has seen the principals judged",
        PATIENCE,
        () -> !prometheus.query("count(inferwarden_principal_mean_evidence) > 0").isEmpty());
    ChildProcess.until(
        "Prometheus has seen the dead letter",
        PATIENCE,
        () -> !prometheus.query("inferwarden_events_rejected_total offset 5s").isEmpty());
  }

  private static List<String> emptyChoices(PrometheusProcess prometheus, JsonNode page)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (JsonNode variable : page.at("/templating/list")) {
      if (!variable.path("type").asText().equals("query")) {
        continue;
      }
      Matcher query = LABEL_VALUES.matcher(variable.at("/query/query").asText());
      if (!query.matches() || prometheus.values(query.group(2), filled(query.group(1))).isEmpty()) {
        failures.add(page.path("title").asText() + ": no choice of " + variable.path("name"));
      }
    }
    return failures;
  }

  private static List<String> emptyQueries(PrometheusProcess prometheus, JsonNode page)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (DashboardFiles.Asked asked : DashboardFiles.asked(page)) {
      if (MAY_BE_EMPTY.keySet().stream().anyMatch(asked.expression()::contains)) {
        continue;
      }
      String expression = filled(asked.expression());
      try {
        JsonNode result = prometheus.queryRange(expression, SINCE);
        if (result.isEmpty()) {
          failures.add("no data: " + asked);
        }
      } catch (IllegalArgumentException e) {
        failures.add(e.getMessage() + ": " + asked);
      }
    }
    return failures;
  }

  /** With everything chosen; ten scrapes, of which a slow machine may miss some. */
  private static String filled(String expression) {
    return expression
        .replace("$__rate_interval", "10s")
        .replace("$__range", "5m")
        .replace("$job", ".+")
        .replace("$instance", ".+")
        .replace("$model", ".+");
  }
}
