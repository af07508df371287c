package io.inferwarden.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
  @Test
  void theCommentedDefaultPolicyEqualsTheDefaults() throws Exception {
    try (InputStream resource = Policy.class.getResourceAsStream("/default-policy.yaml")) {
      String yaml = new String(resource.readAllBytes(), UTF_8);

      assertThat(PolicyFile.parse("default-policy.yaml", yaml)).isEqualTo(Policy.defaults());
    }
  }

  @Test
  void anEmptyFileMeansTheDefaults() {
    assertThat(PolicyFile.parse("p", "")).isEqualTo(Policy.defaults());
    assertThat(PolicyFile.parse("p", "# nothing\n")).isEqualTo(Policy.defaults());
    assertThat(PolicyFile.parse("p", "budget:\nlearning:\n")).isEqualTo(Policy.defaults());
  }

  @Test
  void readsEverySetting() {
    String yaml =
        """
        version: 1
        budget: {falseIncidentsPerWeek: 2.5, shares: {principals: 0.1, models: 0.2, silence: 0, fleet: 0, campaigns: 0}, weights: {models: {fraud-scorer: 3}}}
        learning: 7d
        pane: 30m
        lateness: 0s
        idleAfter: PT45S
        quietPeriod: 1h30m
        cooldown: 20m
        dedup: {window: 5m, maximumIds: 1_000}
        tolerancePsi: 0.01
        maximumPrincipals: 5000
        kinds: {extraction: {weight: 0.5, minimalSeverity: medium}}
        declared:
          - principal: 007
            role: prober
            owner: model risk
            until: 2027-01-31
            reason: "nightly"
          - {principal: 007, role: batch, owner: ops, reason: nightly}
        registered: [{organisation: acme, reason: course}]
        """;

    Policy policy = PolicyFile.parse("p", yaml);

    assertThat(policy)
        .isEqualTo(
            new Policy(
                new Policy.Budget(
                    2.5,
                    new Policy.Shares(0.1, 0.2, 0, 0, 0),
                    new ModelWeights(Map.of("fraud-scorer", 3.0))),
                Duration.ofDays(7),
                Duration.ofMinutes(30),
                Duration.ZERO,
                Duration.ofSeconds(45),
                Duration.ofMinutes(90),
                Duration.ofMinutes(20),
                new Policy.Dedup(Duration.ofMinutes(5), 1000),
                0.01,
                5000,
                new KindSettings(
                    Map.of(
                        IncidentKind.EXTRACTION,
                        new KindSettings.KindSetting(0.5, Severity.MEDIUM))),
                List.of(
                    new DeclaredPrincipal(
                        "007",
                        Role.PROBER,
                        "model risk",
                        Optional.of(LocalDate.of(2027, 1, 31)),
                        "nightly"),
                    new DeclaredPrincipal("007", Role.BATCH, "ops", Optional.empty(), "nightly")),
                List.of(new Policy.RegisteredOrganisation("acme", "course"))));
    assertThat(policy.budget().shares().reserve()).isEqualTo(0.7);
  }

  @Test
  void reportsEveryViolationWithFileLinePathAndWhatWouldBeRight() {
    String yaml =
        """
        version: 2
        budget:
          falseIncidentsPerWeek: -1
          shares: {principals: 0.6, models: 0.6}
        learning: soon
        pane: 7h
        lateness: PT-1M
        idleAfter: 0s
        dedup:
          maximumIds: many
        tolerancePsi: .nan
        maximumPrincipals: 0
        kinds:
          extraction: {weight: 2, minimalSeverity: urgent}
        declared:
          - principal: k9
          - k10
          - {principal: k11, role: thief, owner: " ", until: soon, reason: r}
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "policy.yaml:1: version: must be 1, the only format there is, was 2",
            "policy.yaml:3: budget.falseIncidentsPerWeek: must be > 0, was -1",
            "policy.yaml:4: budget.shares: must sum to at most 1, was 1.4",
            "policy.yaml:5: learning: must be a duration such as 30s, 90m, 24h, 7d or PT90M,"
                + " was \"soon\"",
            "policy.yaml:6: pane: must divide 24h without rest, such as 15m, 30m, 1h or 2h,"
                + " was 7h",
            "policy.yaml:7: lateness: must not be negative, was PT-1M",
            "policy.yaml:8: idleAfter: must be longer than 0, was 0s",
            "policy.yaml:10: dedup.maximumIds: must be a whole number, was \"many\"",
            "policy.yaml:11: tolerancePsi: must be a number, was \".nan\"",
            "policy.yaml:12: maximumPrincipals: must be from 1 to 10000000, was 0",
            "policy.yaml:14: kinds.extraction.weight: must be > 0 and at most 1, was 2",
            "policy.yaml:14: kinds.extraction.minimalSeverity: must be one of info, low, medium,"
                + " high, critical, was \"urgent\"",
            "policy.yaml:16: declared[0].role: is required",
            "policy.yaml:16: declared[0].owner: is required",
            "policy.yaml:16: declared[0].reason: is required",
            "policy.yaml:17: declared[1]: must be a group of settings, was \"k10\"",
            "policy.yaml:18: declared[2].role: must be one of prober (an explainer, red team or"
                + " what-if tool), batch (a job), shared (a key that many people share),"
                + " was \"thief\"",
            "policy.yaml:18: declared[2].owner: must not be empty",
            "policy.yaml:18: declared[2].until: must be a date such as 2027-01-31, was \"soon\"");
  }

  @Test
  void rejectsNotANumberHoweverItIsWritten() {
    assertThat(problemsOf("budget: {falseIncidentsPerWeek: NaN}"))
        .containsExactly("policy.yaml:1: budget.falseIncidentsPerWeek: must be > 0, was NaN");
    assertThat(problemsOf("tolerancePsi: NaN"))
        .containsExactly("policy.yaml:1: tolerancePsi: must be from 0 to 1, was NaN");
  }

  @Test
  void saysWhichSettingAMistypedKeyMayMean() {
    String yaml =
        """
        budget:
          falseIncidentPerWeek: 2
        falseIncidentsPerWeek: 2
        Learning: 3h
        threshold: 0.5
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "policy.yaml:2: budget.falseIncidentPerWeek: is not a setting,"
                + " did you mean falseIncidentsPerWeek?",
            "policy.yaml:3: falseIncidentsPerWeek: is not a setting,"
                + " did you mean budget.falseIncidentsPerWeek?",
            "policy.yaml:4: Learning: is not a setting, did you mean learning?",
            "policy.yaml:5: threshold: is not a setting; there are version, budget, pane,"
                + " learning, lateness, idleAfter, quietPeriod, cooldown, dedup, tolerancePsi, maximumPrincipals, kinds,"
                + " declared, registered");
  }

  @Test
  void saysWhichKindsMayBeSetAndWhatReplacedTheFreeTextOfADeclaration() {
    assertThat(problemsOf("kinds: {extractoin: {weight: 0.5}}"))
        .containsExactly(
            "policy.yaml:1: kinds.extractoin: is not a setting, did you mean extraction?");
    assertThat(problemsOf("kinds: {input_drift: {weight: 0.5}}"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:1: kinds.input_drift: is not a setting; kinds has extraction");
    assertThat(problemsOf("declared: [{principal: k, role: batch, owner: o, reason: r, as: job}]"))
        .containsExactly(
            "policy.yaml:1: declared[0].as: is not a setting; declared[0] has principal, role,"
                + " owner, until, reason");
  }

  @Test
  void rejectsSettingsOfTheWrongKind() {
    assertThat(problemsOf("budget: 3\ndeclared: {principal: k9}\npane: [1h]\n"))
        .containsExactly(
            "policy.yaml:1: budget: must be a group of settings, was \"3\"",
            "policy.yaml:2: declared: must be a list, was a group of settings",
            "policy.yaml:3: pane: must be a duration such as 30s, 90m, 24h, 7d or PT90M,"
                + " was a list");
    assertThat(problemsOf("just text"))
        .containsExactly("policy.yaml:1: must be lines of \"key: value\", was \"just text\"");
  }

  @Test
  void rejectsKeysPrincipalsAndDocumentsThatAppearTwice() {
    String yaml =
        """
        pane: 1h
        pane: 2h
        declared:
          - {principal: k9, role: batch, owner: a, reason: r}
          - {principal: k9, role: shared, owner: a, reason: r}
          - {principal: k9, role: batch, owner: b, reason: s}
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "policy.yaml:2: pane: is already set in line 1",
            "policy.yaml:6: declared[2].principal: is declared twice as batch: k9");
    assertThat(problemsOf("pane: 1h\n---\npane: 2h\n"))
        .containsExactly("policy.yaml:3: must hold a single document");
  }

  @Test
  void locatesSyntaxErrors() {
    assertThat(problemsOf("pane: 1h\nbudget:\n\tfalseIncidentsPerWeek: 1\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:3: is not valid YAML: found character")
        .doesNotContain("\n");
    assertThat(problemsOf("pane: 1h\ndeclared: [\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:3: is not valid YAML: ");
  }

  @Test
  void learningMustCoverAPane() {
    assertThat(problemsOf("learning: 30m"))
        .containsExactly("policy.yaml:1: learning: must be at least one pane (1h), was 30m");
    assertThat(PolicyFile.parse("p", "learning: 30m\npane: 30m\n").learning())
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void namesTheFileThatIsMissingOrNotText(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.yaml");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> PolicyFile.read(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing.yaml");
    assertThatThrownBy(() -> PolicyFile.read(binary))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(binary + ":1: is not text in UTF-8");
  }

  private static List<String> problemsOf(String yaml) {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class, () -> PolicyFile.parse("policy.yaml", yaml));
    assertThat(thrown).isNotNull();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
