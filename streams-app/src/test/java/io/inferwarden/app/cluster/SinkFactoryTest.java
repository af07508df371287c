package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.app.policy.SinkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkFactoryTest {
  private static final Map<String, Object> CONNECTION =
      Map.of("bootstrap.servers", "localhost:9092");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOOK", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "PD", "R0123456789abcdef0123456789abcde",
          "SLACK", "https://hooks.slack.com/services/T0/B0/x",
          "TEAMS", "https://prod.logic.azure.com/workflows/x?sig=y",
          "TOKEN", "0b7a2c1e-5f3d-4c8a-9e21-6d1f0a9b8c7d");

  @TempDir Path folder;

  @Test
  void makesASinkOfEveryType() throws IOException {
    AlertsConfig alerts =
        alerts(
            """
            - {name: hook, type: webhook, url: "https://h.example/in", secretEnv: HOOK, previousSecretEnv: HOOK}
            - {name: pager, type: pagerduty, routingKeyEnv: PD}
            - {name: prom, type: alertmanager, urls: "https://a.example:9093"}
            - {name: chat, type: slack, urlEnv: SLACK}
            - {name: office, type: teams, urlEnv: TEAMS}
            - {name: mail, type: email, host: mail.example, from: a@example.org, to: b@example.org, user: iw, passwordEnv: TOKEN}
            - {name: lake, type: ocsf-file, file: "%1$s/ocsf.jsonl"}
            - {name: post, type: ocsf-http, url: "https://siem.example/ocsf", tokenEnv: TOKEN}
            - {name: topic, type: ocsf-kafka, topic: security.findings}
            - {name: elastic, type: elasticsearch, url: "https://es.example:9200", apiKeyEnv: TOKEN}
            - {name: splunk, type: splunk, url: "https://splunk.example:8088", tokenEnv: TOKEN}
            - {name: cef, type: syslog, host: log.example}
            - {name: copy, type: file, file: "%1$s/copy.jsonl"}
            """
                .formatted(folder));
    List<String> made = new ArrayList<>();

    for (SinkConfig config : alerts.sinks()) {
      try (IncidentSink sink = factory(alerts).of(config)) {
        made.add(sink.name() + " " + sink.getClass().getSimpleName());
      }
    }

    assertThat(made)
        .containsExactly(
            "hook WebhookSink",
            "pager PagerDutySink",
            "prom AlertmanagerSink",
            "chat SlackSink",
            "office TeamsSink",
            "mail EmailSink",
            "lake OcsfFileSink",
            "post OcsfHttpSink",
            "topic TopicSink",
            "elastic ElasticsearchSink",
            "splunk SplunkSink",
            "cef SyslogSink",
            "copy JsonLinesSink");
  }

  @Test
  void namesTheSinkWhoseSecretIsMissing() {
    assertThatThrownBy(
            () -> make("{name: hook, type: webhook, url: 'https://h/', secretEnv: NONE}"))
        .isInstanceOf(IOException.class)
        .hasMessage("sink hook: the environment variable NONE holds no secret");
    assertThatThrownBy(() -> make("{name: chat, type: slack, urlFile: none}"))
        .isInstanceOf(IOException.class)
        .hasMessage("sink chat: the file " + folder.resolve("none") + " is missing");
  }

  @Test
  void saysWhatIsWrongWithASecretWithoutShowingIt() throws IOException {
    Files.writeString(folder.resolve("key"), "hunter2");

    assertThatThrownBy(
            () -> make("{name: hook, type: webhook, url: 'https://h/', secretFile: key}"))
        .hasMessage(
            "sink hook: what the file "
                + folder.resolve("key")
                + " holds: webhook secret must begin with whsec_");
    assertThatThrownBy(() -> make("{name: pager, type: pagerduty, routingKeyFile: key}"))
        .hasMessageStartingWith("sink pager: what the file ")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> make("{name: chat, type: slack, urlFile: key}"))
        .hasMessage(
            "sink chat: the address that the file "
                + folder.resolve("key")
                + " holds must be an http or https address with a host");
  }

  private IncidentSink make(String sink) throws IOException {
    AlertsConfig alerts = alerts("- " + sink + "\n");
    return factory(alerts).of(alerts.sinks().get(0));
  }

  private AlertsConfig alerts(String sinks) {
    return RunConfigFile.parse("c.yaml", "alerts:\n  sinks:\n" + sinks.indent(4), folder).alerts();
  }

  private static SinkFactory factory(AlertsConfig alerts) {
    return new SinkFactory(
        alerts,
        CONNECTION,
        ENVIRONMENT,
        InstantSource.fixed(Instant.parse("2026-11-22T11:00:00Z")));
  }
}
