package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.policy.KindSettings.KindSetting;
import io.inferwarden.app.policy.Policy.Budget;
import io.inferwarden.app.policy.Policy.Dedup;
import io.inferwarden.app.policy.Policy.RegisteredOrganisation;
import io.inferwarden.app.policy.Policy.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads policies from YAML; everything may be left out and then has its default. */
public final class PolicyFile {
  private static final Rule<String> SEVERITY =
      Rule.oneOf(Arrays.stream(Severity.values()).map(Severity::code).toList());

  private PolicyFile() {}

  /**
   * Reads a policy file.
   *
   * @throws InvalidConfigException if anything in it is wrong, with all of it
   * @throws IOException if the file cannot be read
   */
  public static Policy read(Path file) throws IOException {
    return parse(file.toString(), ConfigText.of(file));
  }

  /**
   * Reads a policy from YAML text.
   *
   * @param fileName for messages
   * @throws InvalidConfigException if anything in it is wrong, with all of it
   */
  public static Policy parse(String fileName, String yaml) {
    return read(ConfigReader.ofYaml(fileName, yaml));
  }

  static Policy read(ConfigReader root) {
    Policy policy = section(root);
    root.finish();
    return policy;
  }

  /** Notes problems in the reader and gives defaults for what is wrong. */
  static Policy section(ConfigReader reader) {
    Policy defaults = Policy.defaults();
    reader.integer("version", Policy.FORMAT_VERSION, PolicyFile::versionViolation);
    Budget budget = budget(reader.section("budget"), defaults.budget());
    Duration pane = reader.duration("pane", defaults.pane(), Rule.divisorOfADay());
    Duration learning = reader.duration("learning", defaults.learning(), Policy.learningOf(pane));
    Duration lateness =
        reader.duration("lateness", defaults.lateness(), Rule.durationNotNegative());
    Duration idleAfter =
        reader.duration("idleAfter", defaults.idleAfter(), Rule.positiveDuration());
    Duration quietPeriod =
        reader.duration("quietPeriod", defaults.quietPeriod(), Rule.positiveDuration());
    Duration cooldown =
        reader.duration("cooldown", defaults.cooldown(), Rule.durationNotNegative());
    Dedup dedup = dedup(reader.section("dedup"), defaults.dedup());
    double tolerancePsi = reader.number("tolerancePsi", defaults.tolerancePsi(), Policy.TOLERANCE);
    int maximumPrincipals =
        reader.integer(
            "maximumPrincipals", defaults.maximumPrincipals(), Policy.MAXIMUM_PRINCIPALS);
    return new Policy(
        budget,
        learning,
        pane,
        lateness,
        idleAfter,
        quietPeriod,
        cooldown,
        dedup,
        tolerancePsi,
        maximumPrincipals,
        kinds(reader.section("kinds")),
        declared(reader),
        registered(reader));
  }

  private static List<RegisteredOrganisation> registered(ConfigReader root) {
    List<RegisteredOrganisation> registered = new ArrayList<>();
    for (ConfigReader entry : root.sections("registered")) {
      Optional<String> organisation = entry.requiredText("organisation", Rule.notBlank());
      Optional<String> reason = entry.requiredText("reason", Rule.notBlank());
      if (organisation.isPresent() && reason.isPresent()) {
        registered.add(new RegisteredOrganisation(organisation.get(), reason.get()));
      }
    }
    return registered;
  }

  private static Optional<String> versionViolation(int version) {
    return Rule.unless(
        version == Policy.FORMAT_VERSION,
        "must be " + Policy.FORMAT_VERSION + ", the only format there is, was " + version);
  }

  private static Budget budget(ConfigReader reader, Budget defaults) {
    double perWeek =
        reader.number("falseIncidentsPerWeek", defaults.falseIncidentsPerWeek(), Budget.RATE);
    ConfigReader shares = reader.section("shares");
    Shares usual = defaults.shares();
    double principals = shares.number("principals", usual.principals(), Shares.SHARE);
    double models = shares.number("models", usual.models(), Shares.SHARE);
    double silence = shares.number("silence", usual.silence(), Shares.SHARE);
    double fleet = shares.number("fleet", usual.fleet(), Shares.SHARE);
    double campaigns = shares.number("campaigns", usual.campaigns(), Shares.SHARE);
    Optional<String> excess = Shares.excess(principals, models, silence, fleet, campaigns);
    excess.ifPresent(wrong -> reader.problem("shares", wrong));
    return new Budget(
        perWeek,
        excess.isPresent() ? usual : new Shares(principals, models, silence, fleet, campaigns),
        weights(reader.section("weights").section("models")));
  }

  private static ModelWeights weights(ConfigReader reader) {
    Map<String, Double> weights = new TreeMap<>();
    for (String model : reader.keys()) {
      weights.put(model, reader.number(model, ModelWeights.USUAL, ModelWeights.WEIGHT));
    }
    return new ModelWeights(weights);
  }

  private static Dedup dedup(ConfigReader reader, Dedup defaults) {
    return new Dedup(
        reader.duration("window", defaults.window(), Rule.positiveDuration()),
        reader.integer("maximumIds", defaults.maximumIds(), Dedup.MAXIMUM_IDS));
  }

  private static KindSettings kinds(ConfigReader reader) {
    Map<IncidentKind, KindSetting> settings = new EnumMap<>(IncidentKind.class);
    for (IncidentKind kind : KindSettings.settable()) {
      if (reader.has(kind.code())) {
        ConfigReader entry = reader.section(kind.code());
        KindSetting usual = KindSetting.USUAL;
        double weight = entry.number("weight", usual.weight(), KindSetting.WEIGHT);
        Severity minimal =
            entry
                .text("minimalSeverity", SEVERITY)
                .map(Severity::ofCode)
                .orElse(usual.minimalSeverity());
        settings.put(kind, new KindSetting(weight, minimal));
      }
    }
    return new KindSettings(settings);
  }

  private static List<DeclaredPrincipal> declared(ConfigReader root) {
    List<DeclaredPrincipal> declared = new ArrayList<>();
    for (ConfigReader reader : root.sections("declared")) {
      declaration(reader)
          .ifPresent(
              entry -> {
                if (declared.stream().anyMatch(entry::repeats)) {
                  reader.problem(
                      "principal",
                      "is declared twice as " + entry.role().code() + ": " + entry.principal());
                } else {
                  declared.add(entry);
                }
              });
    }
    return declared;
  }

  private static Optional<DeclaredPrincipal> declaration(ConfigReader reader) {
    Optional<String> principal = reader.requiredText("principal", Rule.notBlank());
    Optional<Role> role = reader.requiredText("role", Role.rule()).flatMap(Role::ofCode);
    Optional<String> owner = reader.requiredText("owner", Rule.notBlank());
    Optional<LocalDate> until = reader.date("until");
    Optional<String> reason = reader.requiredText("reason", Rule.notBlank());
    return principal.isEmpty() || role.isEmpty() || owner.isEmpty() || reason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DeclaredPrincipal(principal.get(), role.get(), owner.get(), until, reason.get()));
  }
}
