package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.route.BudgetClass;
import io.inferwarden.alerting.route.Grouping;
import io.inferwarden.alerting.route.Inhibition;
import io.inferwarden.alerting.route.MaintenanceWindow;
import io.inferwarden.alerting.route.Match;
import io.inferwarden.alerting.route.Route;
import io.inferwarden.alerting.route.Schedule;
import io.inferwarden.alerting.sink.siem.DataStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertsFileTest {
  private static final Path BASE = Path.of("base");

  private static final String EVERY_TYPE =
      """
      alerts:
        environment: production
        linkBase: https://inferwarden.example/console
        owners: {fraud-*: team-fraud}
        allow: [127.0.0.1/32, 10.0.0.0/8, alertmanager.internal]
        watchdog: 5m
        sinks:
          - {name: hook, type: webhook, url: "https://h.example/in", secretEnv: HOOK, previousSecretFile: old, timeout: 20s, rate: 60/1m, digest: {aloneFrom: high, mostAlone: 5, patience: 10s}, retrySpan: 2h, concurrency: 8, everyRevision: false}
          - {name: pager, type: pagerduty, routingKeyEnv: PD, url: "https://events.eu.pagerduty.com"}
          - {name: prom, type: alertmanager, urls: ["http://a.internal:9093", "http://b.internal:9093"], labels: {team: fraud}}
          - {name: chat, type: slack, urlEnv: SLACK}
          - {name: office, type: teams, urlFile: secrets/teams, rate: 5/10m}
          - {name: mail, type: email, host: mail.example, from: alerts@example.org, to: soc@example.org, user: iw, passwordEnv: MAIL}
          - {name: lake, type: ocsf-file, file: ocsf.jsonl}
          - {name: post, type: ocsf-http, url: "https://siem.example/ocsf", tokenEnv: SIEM}
          - {name: topic, type: ocsf-kafka, topic: security.findings}
          - {name: elastic, type: elasticsearch, url: "https://es.example:9200", dataStream: logs-iw.alerts-prod, apiKeyFile: es}
          - {name: splunk, type: splunk, url: "https://splunk.example:8088", tokenEnv: HEC, index: ml}
          - {name: cef, type: syslog, host: log.example, authorities: ca.pem}
          - {name: copy, type: file, file: copy.jsonl}
      """;

  @Test
  void readsEveryTypeOfSink() {
    AlertsConfig alerts = alerts(EVERY_TYPE);

    assertThat(alerts.sinks())
        .extracting(sink -> sink.name() + " " + sink.target().type())
        .containsExactly(
            "hook webhook",
            "pager pagerduty",
            "prom alertmanager",
            "chat slack",
            "office teams",
            "mail email",
            "lake ocsf-file",
            "post ocsf-http",
            "topic ocsf-kafka",
            "elastic elasticsearch",
            "splunk splunk",
            "cef syslog",
            "copy file");
    assertThat(alerts.linkBase()).contains(URI.create("https://inferwarden.example/console"));
    assertThat(alerts.allow())
        .containsExactly("127.0.0.1/32", "10.0.0.0/8", "alertmanager.internal");
    assertThat(alerts.watchdog()).contains(Duration.ofMinutes(5));
    assertThat(alerts.refreshed()).containsExactly("prom");
    assertThat(alerts.plan().environment()).isEqualTo("production");
    assertThat(alerts.plan().owners().of("fraud-scorer")).contains("team-fraud");
    assertThat(alerts.plan().always()).containsExactly("file");
  }

  @Test
  void readsWhatASinkNeeds() {
    AlertsConfig alerts = alerts(EVERY_TYPE);

    assertThat(sink(alerts, "hook").target())
        .isEqualTo(
            new SinkTarget.Webhook(
                new SinkTarget.Http(
                    new AddressSource.Given(URI.create("https://h.example/in")),
                    Duration.ofSeconds(20),
                    Optional.empty()),
                new SecretSource.FromEnvironment("HOOK"),
                Optional.of(new SecretSource.FromFile(Path.of("base", "old")))));
    assertThat(sink(alerts, "elastic").target())
        .isEqualTo(
            new SinkTarget.Elasticsearch(
                new SinkTarget.Http(
                    new AddressSource.Given(URI.create("https://es.example:9200")),
                    Duration.ofSeconds(15),
                    Optional.empty()),
                new DataStream("iw.alerts", "prod"),
                Optional.of(new SecretSource.FromFile(Path.of("base", "es")))));
    assertThat(sink(alerts, "prom").target())
        .isInstanceOfSatisfying(
            SinkTarget.Alertmanager.class,
            prom -> assertThat(prom.settings().labels()).isEqualTo(Map.of("team", "fraud")));
    assertThat(sink(alerts, "cef").target())
        .isInstanceOfSatisfying(
            SinkTarget.Syslog.class,
            cef -> {
              assertThat(cef.settings().port()).isEqualTo(6514);
              assertThat(cef.settings().tls()).isNotNull();
            });
    assertThat(sink(alerts, "mail").target())
        .isInstanceOfSatisfying(
            SinkTarget.Email.class,
            mail -> {
              assertThat(mail.settings().port()).isEqualTo(587);
              assertThat(mail.user()).contains("iw");
            });
  }

  @Test
  void tellsEachTypeAsItsReadersLikeUnlessItIsSaidOtherwise() {
    AlertsConfig alerts = alerts(EVERY_TYPE);

    assertThat(sink(alerts, "hook").delivery())
        .isEqualTo(
            DeliverySettings.everything()
                .withConcurrency(8)
                .withEveryRevision(false)
                .withRetrySpan(Duration.ofHours(2))
                .withRate(new DeliverySettings.Rate(60, Duration.ofMinutes(1)))
                .withDigest(new DeliverySettings.Digest(Duration.ofSeconds(10), Severity.HIGH, 5)));
    assertThat(sink(alerts, "pager").delivery()).isEqualTo(DeliverySettings.latest());
    assertThat(sink(alerts, "chat").delivery())
        .isEqualTo(DeliverySettings.readByPeople(30, Duration.ofMinutes(10)));
    assertThat(sink(alerts, "office").delivery())
        .isEqualTo(DeliverySettings.readByPeople(5, Duration.ofMinutes(10)));
    assertThat(sink(alerts, "splunk").delivery()).isEqualTo(DeliverySettings.everything());
  }

  @Test
  void tellsEverySinkEverythingWithoutRoutes() {
    AlertsConfig alerts = alerts(EVERY_TYPE);

    assertThat(alerts.plan().root().sinks())
        .containsExactlyElementsOf(alerts.sinks().stream().map(SinkConfig::name).toList());
    assertThat(alerts.warnings(Instant.EPOCH))
        .containsExactly(
            "alerts.watchdog is set, and no route names the kind watchdog, so nobody would miss"
                + " it; add a route with match: {kinds: watchdog} to the sink that does");
  }

  @Test
  void readsTheTreeOfRoutes() {
    AlertsConfig alerts =
        alerts(
            """
            alerts:
              sinks: [{name: a, type: file, file: a}, {name: b, type: file, file: b}]
              route:
                sinks: a
                repeat: 4h
                group: {by: [model, kind], wait: 1m}
                routes:
                  - name: grave
                    match: {models: fraud-*, minimalSeverity: high, pages: true, budgets: [principals, campaigns]}
                    sinks: [b]
                    continue: true
                    routes:
                      - {name: drift, match: {kinds: [input_drift]}}
            """);

    assertThat(alerts.plan().root())
        .isEqualTo(
            new Route(
                "root",
                Match.ANYTHING,
                List.of("a"),
                false,
                Optional.of(Duration.ofHours(4)),
                Optional.of(
                    new Grouping(
                        Set.of(Grouping.By.MODEL, Grouping.By.KIND), Duration.ofMinutes(1))),
                List.of(
                    new Route(
                        "grave",
                        Match.builder()
                            .models("fraud-*")
                            .minimalSeverity(Severity.HIGH)
                            .pages(true)
                            .budgets(BudgetClass.PRINCIPALS, BudgetClass.CAMPAIGNS)
                            .build(),
                        List.of("b"),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                            new Route(
                                "drift",
                                Match.builder().kinds(IncidentKind.INPUT_DRIFT).build(),
                                List.of(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))))));
  }

  @Test
  void readsMaintenanceAndInhibition() {
    AlertsConfig alerts =
        alerts(
            """
            alerts:
              maintenance:
                - {name: nightly, match: {models: batch-*}, days: [sat, sun], from: "22:00", to: "04:00", zone: Europe/Berlin, reason: re-training}
                - {name: move, from: 2026-11-22T22:00:00+01:00, to: 2026-11-23T00:00:00Z, reason: new cluster}
              inhibit:
                - {source: {kinds: silence}, target: {kinds: blind}, equal: model, reason: no requests}
            """);

    assertThat(alerts.plan().maintenance())
        .containsExactly(
            new MaintenanceWindow(
                "nightly",
                Match.builder().models("batch-*").build(),
                new Schedule.Weekly(
                    Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                    LocalTime.of(22, 0),
                    LocalTime.of(4, 0),
                    ZoneId.of("Europe/Berlin")),
                "re-training"),
            new MaintenanceWindow(
                "move",
                Match.ANYTHING,
                new Schedule.Once(
                    Instant.parse("2026-11-22T21:00:00Z").toEpochMilli(),
                    Instant.parse("2026-11-23T00:00:00Z").toEpochMilli()),
                "new cluster"));
    assertThat(alerts.plan().inhibitions())
        .containsExactly(
            new Inhibition(
                Match.builder().kinds(IncidentKind.SILENCE).build(),
                Match.builder().kinds(IncidentKind.BLIND).build(),
                List.of(Inhibition.Equal.MODEL),
                "no requests"));
  }

  @Test
  void saysOfEachSinkWhatIsWrongWithIt() {
    assertThat(
            problemsOf(
                """
                alerts:
                  allow: [10.0.0.0/99]
                  watchdog: 1s
                  sinks:
                    - {name: a b, type: webhook}
                    - {name: hook, type: webhok, url: "https://h.example"}
                    - {name: hook, type: webhook, url: ftp://h.example, secretEnv: A, secretFile: a}
                    - {name: chat, type: slack, url: "https://hooks.slack.com/services/T0/B0/secret"}
                    - {name: pager, type: pagerduty, rate: fast, digest: {}}
                    - {name: file, type: file, file: x}
                    - {name: mail, type: email, host: mail.example, from: nobody, to: [], encryption: none}
                    - {name: prom, type: alertmanager}
                    - {name: es, type: elasticsearch, url: "https://es.example", dataStream: alerts}
                    - {name: copy, type: file, file: x, url: y}
                    - {name: copy, type: file, file: y}
                """))
        .containsExactly(
            "c.yaml:2: alerts.allow[0]: must be a host, an address or a range such as 10.0.0.0/8,"
                + " was \"10.0.0.0/99\"",
            "c.yaml:3: alerts.watchdog: must be from 10s to 24h, was 1s",
            "c.yaml:5: alerts.sinks[0].name: must be 1 to 60 letters, digits, '.', '_' and '-',"
                + " was \"a b\"",
            "c.yaml:6: alerts.sinks[1].type: must be one of webhook, pagerduty, alertmanager,"
                + " slack, teams, email, ocsf-file, ocsf-http, ocsf-kafka, elasticsearch, splunk,"
                + " syslog, file, was \"webhok\"",
            "c.yaml:7: alerts.sinks[2].url: must be an http or https address with a host",
            "c.yaml:7: alerts.sinks[2].secretFile: stands beside secretEnv; one of them is right",
            "c.yaml:8: alerts.sinks[3].url: is a credential, so it must not stand here; use urlEnv"
                + " or urlFile",
            "c.yaml:9: alerts.sinks[4].routingKeyEnv: is required: the name of an environment"
                + " variable; or routingKeyFile, a file",
            "c.yaml:9: alerts.sinks[4].rate: must be messages in a time such as 60/1m or 1/1s, was"
                + " \"fast\"",
            "c.yaml:9: alerts.sinks[4].digest: a digest needs a rate: it is told when that is"
                + " passed",
            "c.yaml:10: alerts.sinks[5].name: is the name of incidents.file; take another",
            "c.yaml:11: alerts.sinks[6].encryption: must be starttls or tls for another machine,"
                + " unless allowPlaintext is set",
            "c.yaml:12: alerts.sinks[7].urls: of prom must hold at least one",
            "c.yaml:13: alerts.sinks[8].dataStream: data stream must be logs-DATASET-NAMESPACE, was"
                + " alerts",
            "c.yaml:14: alerts.sinks[9].url: is not a setting; alerts.sinks[9] has name, type, file,"
                + " concurrency, everyRevision, retrySpan, troubleAfter, rate, digest",
            "c.yaml:15: alerts.sinks[10].name: is used by another sink: copy");
  }

  @Test
  void saysOfRoutesAndRulesWhatIsWrongWithThem() {
    assertThat(
            problemsOf(
                """
                alerts:
                  sinks: [{name: soc, type: file, file: x}]
                  route:
                    match: {kinds: evasion}
                    sinks: [sok]
                    repeat: 1s
                    group: {by: modle, wait: 2h}
                    routes:
                      - {sinks: soc}
                      - {name: a, match: {budgets: all, pages: yes, modles: x}}
                      - {name: a}
                  maintenance:
                    - {name: m, days: [saturday], from: 10pm, to: "04:00", reason: r}
                    - {name: n, from: 2026-11-22T22:00:00Z, to: 2026-11-21T22:00:00Z, reason: r}
                  inhibit:
                    - {source: {}, target: {kinds: blind}, equal: colour}
                """))
        .containsExactly(
            "c.yaml:4: alerts.route.match: is not for the root, which takes every incident; put it"
                + " on a route below",
            "c.yaml:5: alerts.route.sinks[0]: names no sink: \"sok\"; there are soc",
            "c.yaml:6: alerts.route.repeat: must be at least 1m, was 1s",
            "c.yaml:7: alerts.route.group.by: must be one of model, kind, severity, owner, was"
                + " \"modle\"",
            "c.yaml:7: alerts.route.group.wait: must be from 0s to 1h, was 2h",
            "c.yaml:9: alerts.route.routes[0].name: is required",
            "c.yaml:10: alerts.route.routes[1].match.budgets: must be one of principals, campaigns,"
                + " models, silence, fleet, none, was \"all\"",
            "c.yaml:10: alerts.route.routes[1].match.pages: must be true or false, was \"yes\"",
            "c.yaml:10: alerts.route.routes[1].match.modles: is not a setting, did you mean"
                + " models?",
            "c.yaml:11: alerts.route.routes[2].name: is used by another route beside it: a",
            "c.yaml:13: alerts.maintenance[0].days[0]: must be one of mon, tue, wed, thu, fri, sat,"
                + " sun, was \"saturday\"",
            "c.yaml:13: alerts.maintenance[0].from: must be a time of day such as 22:00, in quotes,"
                + " was \"10pm\"",
            "c.yaml:13: alerts.maintenance[0].zone: is required, such as Europe/Berlin or UTC",
            "c.yaml:14: alerts.maintenance[1].to: must be later than from (2026-11-22T22:00:00Z),"
                + " was 2026-11-21T22:00:00Z",
            "c.yaml:16: alerts.inhibit[0].source: is required, with at least one condition such as"
                + " kinds: silence",
            "c.yaml:16: alerts.inhibit[0].equal: must be one of model, environment, owner, was"
                + " \"colour\"",
            "c.yaml:16: alerts.inhibit[0].reason: is required");
  }

  private static AlertsConfig alerts(String yaml) {
    return RunConfigFile.parse("c.yaml", yaml, BASE).alerts();
  }

  private static SinkConfig sink(AlertsConfig alerts, String name) {
    return alerts.sinks().stream().filter(sink -> sink.name().equals(name)).findFirst().get();
  }

  private static List<String> problemsOf(String yaml) {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class, () -> RunConfigFile.parse("c.yaml", yaml, BASE));
    assertThat(thrown).isNotNull();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
