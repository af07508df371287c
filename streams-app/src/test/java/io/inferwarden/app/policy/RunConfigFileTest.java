package io.inferwarden.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigFileTest {
  private static final Path BASE = Path.of("base");

  @Test
  void theCommentedDefaultConfigEqualsTheDefaults() throws Exception {
    try (InputStream resource = RunConfig.class.getResourceAsStream("/default-config.yaml")) {
      String yaml = new String(resource.readAllBytes(), UTF_8);

      assertThat(RunConfigFile.parse("c", yaml, BASE)).isEqualTo(RunConfig.defaults());
      assertThat(RunConfigFile.parse("c", "", BASE)).isEqualTo(RunConfig.defaults());
    }
  }

  @Test
  void readsEverySettingWithAnInlinePolicy() {
    String yaml =
        """
        kafka:
          bootstrapServers: a.example:9092, b.example:9092
          applicationId: fraud
          partitions: 12
          replication: 3
          properties: {security.protocol: SASL_SSL, sasl.jaas.config: "${env:KAFKA_JAAS}"}
        instance: {id: fraud-0, stateFolder: /var/lib/inferwarden, standbyReplicas: 1}
        operations:
          host: 0.0.0.0
          port: 0
          readyLag: 5000
          stuckAfter: 90s
          tokens:
            - {name: soc, role: reader, secretEnv: SOC}
            - {name: oncall, role: operator, secretFile: secrets/oncall}
        incidents: {file: out.jsonl}
        alerts: {sinks: [{name: hook, type: webhook, url: "https://h.example/", secretEnv: HOOK}]}
        policy: {pane: 30m}
        """;

    RunConfig config = RunConfigFile.parse("c", yaml, BASE);

    assertThat(config.kafka())
        .isEqualTo(
            new RunConfig.Kafka(
                "a.example:9092, b.example:9092",
                "fraud",
                12,
                3,
                Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "${env:KAFKA_JAAS}")));
    assertThat(config.instance())
        .isEqualTo(
            new RunConfig.Instance(Optional.of("fraud-0"), Path.of("/var/lib/inferwarden"), 1));
    assertThat(config.operations())
        .isEqualTo(
            new RunConfig.Operations(
                "0.0.0.0",
                0,
                List.of(
                    new ApiToken(
                        "soc", ApiToken.Access.READER, new SecretSource.FromEnvironment("SOC")),
                    new ApiToken(
                        "oncall",
                        ApiToken.Access.OPERATOR,
                        new SecretSource.FromFile(Path.of("base", "secrets", "oncall")))),
                5000,
                Duration.ofSeconds(90)));
    assertThat(config.incidents().file()).contains(Path.of("out.jsonl"));
    assertThat(config.alerts().sinks()).extracting(SinkConfig::name).containsExactly("hook");
    assertThat(config.policy().pane()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void reportsEveryViolationTogether() {
    String yaml =
        """
        kafka:
          bootstrapServers: localhost
          applicationId: "a b"
          partitions: 0
          properties:
            bootstrap.servers: x:1
            ssl.key.password: hunter2
            acks: [all]
        operations:
          port: 70000
          tokens: [{name: soc, role: admin}, {name: a, role: reader, secretEnv: A}, {name: a, role: reader, secretEnv: B}]
        webhooks: [{name: pager, url: "https://pager.example", secretEnv: PAGER}]
        incident: {}
        policy: {pane: 7h}
        """;

    assertThat(problemsOf(yaml, BASE))
        .containsExactly(
            "c.yaml:2: kafka.bootstrapServers: must be HOST:PORT, several with commas between,"
                + " was \"localhost\"",
            "c.yaml:3: kafka.applicationId: must be up to 100 letters, digits, '.', '_' and '-',"
                + " was \"a b\"",
            "c.yaml:4: kafka.partitions: must be from 1 to 10000, was 0",
            "c.yaml:6: kafka.properties.bootstrap.servers: is set by kafka.bootstrapServers",
            "c.yaml:7: kafka.properties.ssl.key.password: must not hold a secret; refer to it"
                + " through a config provider of Kafka, such as ${env:NAME} or ${file:PATH:KEY}",
            "c.yaml:8: kafka.properties.acks: must be a text, was a list",
            "c.yaml:10: operations.port: must be from 0 to 65535, was 70000",
            "c.yaml:11: operations.tokens[0].role: must be one of reader, operator, was \"admin\"",
            "c.yaml:11: operations.tokens[0].secretEnv: is required: the name of an environment"
                + " variable; or secretFile, a file",
            "c.yaml:11: operations.tokens[2].name: is used by another token: a",
            "c.yaml:12: webhooks: has moved to alerts.sinks, where each also has type: webhook;"
                + " see docs/alerts/routing.md",
            "c.yaml:13: incident: is not a setting, did you mean incidents?",
            "c.yaml:14: policy.pane: must divide 24h without rest, such as 15m, 30m, 1h or 2h,"
                + " was 7h");
  }

  @Test
  void keepsNoFileOfIncidentsWhereNoneIsWanted() {
    RunConfig config = RunConfigFile.parse("c", "incidents: {file: none}", BASE);

    assertThat(config.incidents()).isEqualTo(new RunConfig.Incidents(Optional.empty()));
    assertThat(config.alerts().plan().always()).isEmpty();
    assertThat(RunConfigFile.parse("c", "incidents: {file: ./none}", BASE).incidents())
        .isEqualTo(RunConfig.Incidents.in(Path.of("./none")));
  }

  @Test
  void refusesToTellAFileThatIsNotKept() {
    RunConfig config = RunConfig.defaults();

    assertThatThrownBy(
            () ->
                new RunConfig(
                    config.kafka(),
                    config.instance(),
                    config.operations(),
                    new RunConfig.Incidents(Optional.empty()),
                    config.intake(),
                    config.alerts(),
                    config.policy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alerts must tell everything to [], told it to [file]");
  }

  @Test
  void refusesBoundsOfHealthThatCannotWork() {
    String yaml =
        """
        instance: {standbyReplicas: 3}
        operations:
          readyLag: 0
          stuckAfter: 10ms
          stuckafter: 5m
        """;

    assertThat(problemsOf(yaml, BASE))
        .containsExactly(
            "c.yaml:1: instance.standbyReplicas: must be from 0 to 2, was 3",
            "c.yaml:3: operations.readyLag: must be from 1 to 1000000000, was 0",
            "c.yaml:4: operations.stuckAfter: must be at least 1s, was 10ms",
            "c.yaml:5: operations.stuckafter: is not a setting, did you mean stuckAfter?");
  }

  @Test
  void doesNotRepeatASecretThatWasWrittenIntoTheFile() {
    assertThat(problemsOf("kafka: {properties: {ssl.key.password: hunter2}}", BASE))
        .noneMatch(line -> line.contains("hunter2"));
    assertThat(
            problemsOf(
                "alerts: {sinks: [{name: a, type: webhook, url: 'https://u:hunter2@h/', secretEnv: A}]}",
                BASE))
        .hasSize(1)
        .noneMatch(line -> line.contains("hunter2"));
  }

  @Test
  void readsThePolicyFileBesideItselfAndReportsItsProblemsToo(@TempDir Path folder)
      throws Exception {
    Path config = Files.writeString(folder.resolve("config.yaml"), "policy: my-policy.yaml\n");
    Path policy = Files.writeString(folder.resolve("my-policy.yaml"), "pane: 15m\n");

    assertThat(RunConfigFile.read(config).policy().pane()).isEqualTo(Duration.ofMinutes(15));

    Files.writeString(policy, "\npane: 7h\n");
    Files.writeString(config, "operations: {port: -1}\npolicy: my-policy.yaml\n");
    assertThatThrownBy(() -> RunConfigFile.read(config))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(config + ":1: operations.port: must be from 0 to 65535, was -1\n")
        .hasMessageContaining(policy + ":2: pane: must divide 24h");
  }

  @Test
  void reportsAPolicyFileThatIsMissing() {
    assertThat(problemsOf("policy: none.yaml", BASE))
        .singleElement()
        .asString()
        .startsWith("c.yaml:1: policy: cannot be read: ")
        .contains("none.yaml");
  }

  @Test
  void readsSecretsFromTheEnvironmentOrAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");

    assertThat(new SecretSource.FromFile(file).read(Map.of())).isEqualTo("s3cret");
    assertThat(new SecretSource.FromEnvironment("A").read(Map.of("A", "s3cret")))
        .isEqualTo("s3cret");
    assertThatThrownBy(() -> new SecretSource.FromEnvironment("A").read(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("the environment variable A holds no secret");
  }

  private static List<String> problemsOf(String yaml, Path baseFolder) {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class, () -> RunConfigFile.parse("c.yaml", yaml, baseFolder));
    assertThat(thrown).isNotNull();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
