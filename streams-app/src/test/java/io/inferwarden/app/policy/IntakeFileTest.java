package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeFileTest {
  private static final Path BASE = Path.of("base");
  private static final String HASH = "0123456789abcdef".repeat(4);

  private static IntakeConfig intake(String yaml) {
    return RunConfigFile.parse("c", yaml, BASE).intake();
  }

  @Test
  void readsEverySettingOfTheCollector() {
    CollectorConfig collector =
        intake(
                """
                collector:
                  host: 0.0.0.0
                  port: 8443
                  keys:
                    - {name: gate, sha256: %s, tenant: acme, models: [fraud-*, risk], eventsPerSecond: 5_000,
                       notBefore: 2026-10-01, notAfter: 2027-01-01T08:00:00Z}
                    - {name: cert, certificates: gw.example}
                  tls: {certificateFile: tls.crt, keyFile: tls.key, clientAuthorityFile: ca.crt}
                  spool: {folder: waiting, mostMebibytes: 64}
                  otlp: {principal: [user.id]}
                  kserve: {principal: x-consumer-id, joinWithin: 30s}
                  envoy: {fields: {principal: [x-user], model: m}}
                """
                    .formatted(HASH))
            .collector()
            .orElseThrow();

    assertThat(collector)
        .isEqualTo(
            new CollectorConfig(
                "0.0.0.0",
                8443,
                List.of(
                    new CollectorConfig.Key(
                        "gate",
                        Optional.of(HASH),
                        "acme",
                        List.of("fraud-*", "risk"),
                        List.of(),
                        Optional.of(5000),
                        Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
                        Optional.of(Instant.parse("2027-01-01T08:00:00Z"))),
                    new CollectorConfig.Key(
                        "cert",
                        Optional.empty(),
                        "default",
                        List.of(),
                        List.of("gw.example"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                Optional.of(
                    new CollectorConfig.Tls(
                        BASE.resolve("tls.crt"),
                        BASE.resolve("tls.key"),
                        Optional.of(BASE.resolve("ca.crt")))),
                Optional.of(new CollectorConfig.Spool(Path.of("waiting"), 64L * 1024 * 1024)),
                new CollectorConfig.Formats(
                    List.of("user.id"),
                    List.of("x-consumer-id"),
                    Duration.ofSeconds(30),
                    Map.of("principal", List.of("x-user"), "model", List.of("m")))));
  }

  @Test
  void aCollectorWithoutSettingsHasTheDefaults() {
    assertThat(intake("collector:").collector()).contains(CollectorConfig.defaults());
    assertThat(intake("collector: {}").collector()).contains(CollectorConfig.defaults());
    assertThat(intake("").collector()).isEmpty();
  }

  @Test
  void readsSourcesPrivacyAndAudit() {
    IntakeConfig intake =
        intake(
            """
            sources:
              - {topic: litellm-logs, format: litellm, tenant: acme, models: [chat], fromBeginning: true}
              - {topic: spans, format: otlp-traces}
            privacy:
              epochs:
                - {id: a, from: 2026-01-01, secretEnv: A}
                - {id: b, from: 2026-04-01, overlap: 7d, secretFile: keys/b}
              fingerprintKeyEnv: F
              canariesFile: canaries.txt
              keepText: {models: [support-*], retention: 7d}
            audit: {enabled: false, signingKeyFile: audit.pem, retention: 30d}
            """);

    assertThat(intake)
        .isEqualTo(
            new IntakeConfig(
                Optional.empty(),
                List.of(
                    new SourceConfig(
                        "litellm-logs", SourceConfig.Format.LITELLM, "acme", List.of("chat"), true),
                    new SourceConfig(
                        "spans", SourceConfig.Format.OTLP_TRACES, "default", List.of(), false)),
                new PrivacyConfig(
                    List.of(
                        new PrivacyConfig.Epoch(
                            "a",
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Duration.ZERO,
                            new SecretSource.FromEnvironment("A")),
                        new PrivacyConfig.Epoch(
                            "b",
                            Instant.parse("2026-04-01T00:00:00Z"),
                            Duration.ofDays(7),
                            new SecretSource.FromFile(BASE.resolve("keys/b")))),
                    Optional.of(new SecretSource.FromEnvironment("F")),
                    Optional.of(new SecretSource.FromFile(BASE.resolve("canaries.txt"))),
                    Optional.of(
                        new PrivacyConfig.KeepText(List.of("support-*"), Duration.ofDays(7)))),
                new AuditConfig(false, Optional.of(Path.of("audit.pem")), Duration.ofDays(30))));
    assertThat(intake.takesEvents()).isTrue();
  }

  @Test
  void namesEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                intake(
                    """
                    collector:
                      keys:
                        - {name: a, sha256: iwk_secret}
                        - {name: a}
                      tls: {keyFile: tls.key}
                      spool: {mostMebibytes: 1}
                      kserve: {joinWithin: 1h}
                    sources: [{topic: "a b", format: csv}]
                    privacy:
                      epochs:
                        - {id: b, from: soon, secretEnv: B}
                        - {id: c, from: 2026-04-01, secretEnv: B}
                        - {id: d, from: 2026-03-01, secretEnv: B}
                        - {id: e, from: 2026-05-01}
                      keepText: {models: []}
                    """))
        .isInstanceOf(InvalidConfigException.class)
        .message()
        .contains("sha256", "or certificates", "certificateFile", "folder", "mostMebibytes")
        .contains("joinWithin", "topic", "format", "must be a date", "after that of the epoch")
        .contains("secretEnv", "keepText.models", "keepText.retention")
        .doesNotContain("iwk_secret");
  }

  @Test
  void namesWhatIsWrongOnlyBesideAnother() {
    String other = "fedcba9876543210".repeat(4);
    assertThatThrownBy(
            () ->
                intake(
                    """
                    collector:
                      keys:
                        - {name: a, sha256: %1$s, tenant: one}
                        - {name: a, sha256: %2$s, tenant: two}
                        - {name: b, sha256: %1$s}
                        - {name: c, certificates: [x, x], notBefore: 2026-02-01, notAfter: 2026-02-01}
                        - {name: -d, sha256: %2$s}
                    sources:
                      - {topic: spans, format: otlp-traces}
                      - {topic: spans, format: otlp-logs}
                    privacy:
                      epochs:
                        - {id: a, from: 2026-01-01, secretEnv: A}
                        - {id: b, from: 2026-02-01, overlap: 9d, secretEnv: B}
                        - {id: c, from: 2026-02-08, overlap: 4000d, secretEnv: C}
                    """
                        .formatted(HASH, other)))
        .isInstanceOf(InvalidConfigException.class)
        .message()
        .contains("of a must have the same tenant", "of b must have a sha256 that no other key has")
        .contains("of c must have certificates that no other", "of c must have a notBefore before")
        .contains("clientAuthorityFile", "the first a letter or a digit", "named twice spans")
        .contains("within the overlap", "from 0s to 3650d");
    assertThatThrownBy(() -> intake("collector: {host: 0.0.0.0}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("must be a loopback address");
    for (String loopback : List.of("localhost", "127.0.0.1", "'::1'", "'0:0:0:0:0:0:0:1'")) {
      assertThat(intake("collector: {host: " + loopback + "}").collector()).isPresent();
    }
  }

  @Test
  void explainsAndWarns() {
    IntakeConfig intake =
        intake("collector: {keys: [{name: gate, sha256: %s, models: [m]}]}".formatted(HASH));

    assertThat(intake.explain())
        .contains(
            "collector: takes events on 127.0.0.1:8088",
            "key gate: for m of tenant default",
            "spool: none; while Kafka is away senders are told 503",
            "texts: dropped",
            "audit: a record of every inference is kept for 400d");
    RunConfig.Instance instance = RunConfig.defaults().instance();
    assertThat(intake.warnings(instance))
        .anyMatch(line -> line.contains("plain text"))
        .anyMatch(line -> line.contains("another pseudonym"));
    assertThat(intake("collector: {spool: {folder: s}}").warnings(instance))
        .anyMatch(line -> line.contains("instance.id"));
    assertThat(IntakeConfig.none().warnings(instance)).isEmpty();
  }
}
