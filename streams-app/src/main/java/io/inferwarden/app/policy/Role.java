package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a declared principal is. A role explains some kinds of incident and no others: what it does
 * not explain is raised as of anybody else.
 */
public enum Role {
  /** Asks in order to learn about the model, or to attack it by agreement. */
  PROBER(
      "prober",
      "an explainer, red team or what-if tool",
      EnumSet.of(
          IncidentKind.EXTRACTION,
          IncidentKind.EVASION,
          IncidentKind.INVERSION,
          IncidentKind.MEMBERSHIP_PROBING,
          IncidentKind.FUZZING,
          IncidentKind.INJECTION,
          IncidentKind.PROMPT_EXTRACTION,
          IncidentKind.DATA_EXTRACTION)),

  /**
   * A job. It runs by the clock, costs much at once, and over one template with long outputs looks
   * like distillation. It asks about ordinary inputs, so that extraction stays unexplained: in none
   * of the labelled classifier traces is the nightly batch accused of it.
   */
  BATCH(
      "batch",
      "a job",
      EnumSet.of(
          IncidentKind.SCRIPTED_USE, IncidentKind.DENIAL_OF_WALLET, IncidentKind.DISTILLATION)),

  /** A key of many people, whose mixture looks like a script, or like a key that changed hands. */
  SHARED(
      "shared",
      "a key that many people share",
      EnumSet.of(IncidentKind.SCRIPTED_USE, IncidentKind.STOLEN_KEY));

  private final String code;
  private final String inWords;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<IncidentKind> explained;

  Role(String code, String inWords, Set<IncidentKind> explained) {
    this.code = code;
    this.inWords = inWords;
    this.explained = Collections.unmodifiableSet(explained);
  }

  /** The word used in policies. */
  public String code() {
    return code;
  }

  /** Whether what a principal of this role does explains findings of the kind. */
  public boolean explains(IncidentKind kind) {
    return explained.contains(kind);
  }

  /** The role in a few words, with its article. */
  String inWords() {
    return inWords;
  }

  /** The codes of the kinds that the role explains. */
  List<String> explained() {
    return explained.stream().map(IncidentKind::code).toList();
  }

  static Optional<Role> ofCode(String code) {
    return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
  }

  /** What a role in a file must fulfil. */
  static Rule<String> rule() {
    String known =
        Arrays.stream(values())
            .map(role -> role.code + " (" + role.inWords + ")")
            .collect(Collectors.joining(", "));
    return code ->
        Rule.unless(ofCode(code).isPresent(), "must be one of " + known + ", was \"" + code + '"');
  }
}
