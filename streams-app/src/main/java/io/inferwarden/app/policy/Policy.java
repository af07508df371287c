package io.inferwarden.app.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decides about detection: how many false incidents they accept and how time is
 * treated. There are no thresholds; those follow from the budget.
 *
 * @param budget how many false incidents are accepted, and for what
 * @param learning how long a new model is watched before it is judged; at least one pane
 * @param pane the slice of time in which a model's events are counted; divides 24 hours
 * @param lateness how long an event may come after later ones and still be counted in its pane
 * @param idleAfter the silence after which a partition no longer holds time back
 * @param quietPeriod the quiet after which an incident is over
 * @param cooldown how soon after its end an incident comes back; what comes later opens a new one
 * @param dedup how repeated event ids are recognised
 * @param tolerancePsi the shift, as a population stability index from 0 to 1, that is too small to
 *     matter: taken for usual, never paged
 * @param maximumPrincipals of how many principals and models each partition keeps evidence at most
 * @param kinds what is wanted of each kind of incident about principals before it is raised
 * @param declared principals that are known to behave unusually, and in what role
 * @param registered organisations whose new accounts may take up something together, as a class or
 *     the users of a new product do, and are no ring for it
 */
public record Policy(
    Budget budget,
    Duration learning,
    Duration pane,
    Duration lateness,
    Duration idleAfter,
    Duration quietPeriod,
    Duration cooldown,
    Dedup dedup,
    double tolerancePsi,
    int maximumPrincipals,
    KindSettings kinds,
    List<DeclaredPrincipal> declared,
    List<RegisteredOrganisation> registered) {

  /** The version of the policy's format; a file may leave it out. */
  public static final int FORMAT_VERSION = 1;

  static final Rule<Double> TOLERANCE = Rule.between(0, 1);
  static final Rule<Integer> MAXIMUM_PRINCIPALS = Rule.integerBetween(1, 10_000_000);

  private static final Policy DEFAULTS =
      new Policy(
          new Budget(1.0, new Shares(0.3, 0.5, 0.05, 0.05, 0.1), ModelWeights.EVEN),
          Duration.ofHours(24),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofHours(24),
          Duration.ofHours(1),
          new Dedup(Duration.ofMinutes(10), 200_000),
          0.002,
          400_000,
          KindSettings.EVEN,
          List.of(),
          List.of());

  public Policy {
    Rule.divisorOfADay().require("pane", pane);
    learningOf(pane).require("learning", learning);
    Rule.durationNotNegative().require("lateness", lateness);
    Rule.positiveDuration().require("idleAfter", idleAfter);
    Rule.positiveDuration().require("quietPeriod", quietPeriod);
    Rule.durationNotNegative().require("cooldown", cooldown);
    TOLERANCE.require("tolerancePsi", tolerancePsi);
    MAXIMUM_PRINCIPALS.require("maximumPrincipals", maximumPrincipals);
    declared = List.copyOf(declared);
    registered = List.copyOf(registered);
    firstDuplicate(declared)
        .ifPresent(
            twice -> {
              throw new IllegalArgumentException(
                  "declared names " + twice.principal() + " twice as " + twice.role().code());
            });
  }

  /** What holds when the operator says nothing; the resource {@code default-policy.yaml}. */
  public static Policy defaults() {
    return DEFAULTS;
  }

  /** The policy as a file of format 1 would say it, in JSON with a fixed order of keys. */
  public String toJson() {
    return PolicyJson.write(this);
  }

  /**
   * The policy that {@link #toJson} wrote.
   *
   * @throws InvalidConfigException if the text is no valid policy
   */
  public static Policy fromJson(String json) {
    return PolicyFile.read(ConfigReader.ofJson("policy.json", json));
  }

  /** Twelve hexadecimal digits that are equal for equal policies and stable across releases. */
  public String id() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(toJson().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What each setting means, one line a setting, in plain words. */
  public List<String> explain() {
    return PolicyExplanation.of(this);
  }

  /**
   * What is valid but seldom meant, one line each: the setting, what is unwise about it, and what
   * would be better.
   *
   * @param today the day, in UTC, by which declarations have ended or not
   */
  public List<String> warnings(LocalDate today) {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      DeclaredPrincipal entry = declared.get(i);
      if (entry.until().isEmpty()) {
        warnings.add(
            "declared["
                + i
                + "].until: is missing, so that "
                + entry.principal()
                + " is explained for ever; give the day on which "
                + entry.owner()
                + " must renew it, such as 2027-01-31");
      } else if (!today.isBefore(entry.until().get())) {
        warnings.add(
            "declared["
                + i
                + "].until: "
                + entry.until().get()
                + " has come, so that "
                + entry.principal()
                + " is explained no more; "
                + entry.owner()
                + " must renew or remove it");
      }
    }
    return List.copyOf(warnings);
  }

  /**
   * The same policy with another learning time. Where that is shorter than a pane, panes become as
   * long as it allows.
   */
  public Policy withLearning(Duration otherLearning) {
    Duration otherPane =
        otherLearning.compareTo(pane) >= 0 ? pane : longestPaneWithin(otherLearning);
    return new Policy(
        budget,
        otherLearning,
        otherPane,
        lateness,
        idleAfter,
        quietPeriod,
        cooldown,
        dedup,
        tolerancePsi,
        maximumPrincipals,
        kinds,
        declared,
        registered);
  }

  private static Duration longestPaneWithin(Duration time) {
    long day = Rule.DAY.toSeconds();
    long seconds = Math.max(1, time.toSeconds());
    while (day % seconds != 0) {
      seconds--;
    }
    return Duration.ofSeconds(seconds);
  }

  static Rule<Duration> learningOf(Duration pane) {
    return value ->
        Rule.unless(
            value.compareTo(pane) >= 0,
            "must be at least one pane ("
                + DurationText.format(pane)
                + "), was "
                + DurationText.format(value));
  }

  private static Optional<DeclaredPrincipal> firstDuplicate(List<DeclaredPrincipal> declared) {
    for (int i = 0; i < declared.size(); i++) {
      if (declared.subList(0, i).stream().anyMatch(declared.get(i)::repeats)) {
        return Optional.of(declared.get(i));
      }
    }
    return Optional.empty();
  }

  /**
   * How many false incidents the operator accepts.
   *
   * @param falseIncidentsPerWeek over the whole deployment; > 0
   * @param shares the parts of it that may be spent on each kind of watching
   * @param weights how the parts of models and of silence are split over the models
   */
  public record Budget(double falseIncidentsPerWeek, Shares shares, ModelWeights weights) {
    static final Rule<Double> RATE = Rule.positive();

    public Budget {
      RATE.require("falseIncidentsPerWeek", falseIncidentsPerWeek);
    }
  }

  /**
   * Parts of the budget, each from 0 to 1 and together at most 1; what is left is the reserve.
   *
   * @param principals for incidents that accuse a principal
   * @param models for incidents about a model's inputs, outputs or rate
   * @param silence for incidents about a stream that has fallen silent
   * @param fleet for incidents about a cause that many models have in common
   * @param campaigns for incidents about what many principals have in common
   */
  public record Shares(
      double principals, double models, double silence, double fleet, double campaigns) {
    static final Rule<Double> SHARE = Rule.between(0, 1);
    private static final double ROUNDING = 1e-9;

    public Shares {
      SHARE.require("shares.principals", principals);
      SHARE.require("shares.models", models);
      SHARE.require("shares.silence", silence);
      SHARE.require("shares.fleet", fleet);
      SHARE.require("shares.campaigns", campaigns);
      excess(principals, models, silence, fleet, campaigns)
          .ifPresent(
              wrong -> {
                throw new IllegalArgumentException("shares " + wrong);
              });
    }

    /** The part of the budget that is not given away. */
    public double reserve() {
      return Math.max(0, 1 - (principals + models + silence + fleet + campaigns));
    }

    static Optional<String> excess(double... shares) {
      double sum = Arrays.stream(shares).sum();
      return Rule.unless(sum <= 1 + ROUNDING, "must sum to at most 1, was " + Rule.show(sum));
    }
  }

  /**
   * How repeated event ids are recognised.
   *
   * @param window an id that comes again within it counts once; longer than 0
   * @param maximumIds how many ids a partition remembers at most; at least 1
   */
  public record Dedup(Duration window, int maximumIds) {
    static final Rule<Integer> MAXIMUM_IDS = Rule.integerBetween(1, 100_000_000);

    public Dedup {
      Rule.positiveDuration().require("dedup.window", window);
      MAXIMUM_IDS.require("dedup.maximumIds", maximumIds);
    }
  }

  /**
   * An organisation whose new accounts may take up one wording together.
   *
   * @param organisation as the events name it
   * @param reason why, for whoever audits the policy
   */
  public record RegisteredOrganisation(String organisation, String reason) {
    public RegisteredOrganisation {
      Rule.notBlank().require("registered.organisation", organisation);
      Rule.notBlank().require("registered.reason", reason);
    }
  }
}
