package io.inferwarden.app.policy;

import io.inferwarden.app.policy.Policy.Budget;
import io.inferwarden.app.policy.Policy.DeclaredPrincipal;
import io.inferwarden.app.policy.Policy.Dedup;
import io.inferwarden.app.policy.Policy.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads policies from YAML; everything may be left out and then has its default. */
public final class PolicyFile {
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
    Dedup dedup = dedup(reader.section("dedup"), defaults.dedup());
    double tolerancePsi = reader.number("tolerancePsi", defaults.tolerancePsi(), Policy.TOLERANCE);
    return new Policy(
        budget,
        learning,
        pane,
        lateness,
        idleAfter,
        quietPeriod,
        dedup,
        tolerancePsi,
        declared(reader));
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
    Optional<String> excess = Shares.excess(principals, models, silence, fleet);
    excess.ifPresent(wrong -> reader.problem("shares", wrong));
    return new Budget(
        perWeek,
        excess.isPresent() ? usual : new Shares(principals, models, silence, fleet),
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

  private static List<DeclaredPrincipal> declared(ConfigReader root) {
    List<DeclaredPrincipal> declared = new ArrayList<>();
    for (ConfigReader entry : root.sections("declared")) {
      Optional<String> principal = entry.requiredText("principal", Rule.notBlank());
      Optional<String> as = entry.requiredText("as", Rule.notBlank());
      Optional<String> reason = entry.requiredText("reason", Rule.notBlank());
      if (principal.isEmpty() || as.isEmpty() || reason.isEmpty()) {
        continue;
      }
      boolean twice = declared.stream().anyMatch(d -> d.principal().equals(principal.get()));
      if (twice) {
        entry.problem("principal", "is declared twice: " + principal.get());
      } else {
        declared.add(new DeclaredPrincipal(principal.get(), as.get(), reason.get()));
      }
    }
    return declared;
  }
}
