package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
      List.of(
          "extraction",
          "evasion",
          "inversion",
          "membership_probing",
          "fuzzing",
          "injection",
          "prompt_extraction",
          "data_extraction")),

  /**
   * A job. It runs by the clock, costs much at once, and over one template with long outputs looks
   * like distillation. It asks about ordinary inputs, so that extraction stays unexplained: in none
   * of the labelled classifier traces is the nightly batch accused of it.
   */
  BATCH("batch", "a job", List.of("scripted_use", "denial_of_wallet", "distillation")),

  /** A key of many people, whose mixture looks like a script, or like a key that changed hands. */
  SHARED("shared", "a key that many people share", List.of("scripted_use", "stolen_key"));

  private final String code;
  private final String inWords;

  @SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
  private final List<String> explained;

  Role(String code, String inWords, List<String> explained) {
    this.code = code;
    this.inWords = inWords;
    this.explained = explained;
  }

  /** The word used in policies. */
  public String code() {
    return code;
  }

  /** Whether what a principal of this role does explains findings of the kind. */
  public boolean explains(IncidentKind kind) {
    return explained.contains(kind.code());
  }

  /** The role in a few words, with its article. */
  String inWords() {
    return inWords;
  }

  /** The codes of the kinds that the role explains. */
  List<String> explained() {
    return explained;
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
