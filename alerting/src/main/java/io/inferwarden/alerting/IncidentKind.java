package io.inferwarden.alerting;

import java.util.List;

/** What an incident claims to have happened, in the words that people read. */
public enum IncidentKind {
  /**
   * An account asks like someone who copies the model or probes it. The evidence of an account
   * alone cannot tell extraction from evasion or membership probing, so the words claim neither.
   */
  EXTRACTION(
      "extraction",
      Urgency.PAGE,
      Severity.HIGH,
      "Model abuse: extraction or probing",
      "asks in a way that honest use does not: like someone who copies the model, looks for inputs"
          + " that fool it, or tests what it was trained on",
      "Look at who owns the account and whether this use was agreed; if not, limit its rate or"
          + " revoke its key.",
      List.of(
          Technique.atlas("AML.T0024.002", "Extract AI Model"),
          Technique.atlas("AML.T0024.000", "Infer Training Data Membership"),
          Technique.atlas("AML.T0043.001", "Black-Box Optimization"),
          Technique.owaspMachineLearning("ML05", "Model Theft"),
          Technique.owaspMachineLearning("ML04", "Membership Inference"),
          Technique.owaspMachineLearning("ML01", "Input Manipulation"))),

  /** What a model is asked has moved away from what its baseline says is usual. */
  INPUT_DRIFT(
      "input_drift",
      Urgency.PAGE,
      Severity.HIGH,
      "Input drift",
      "is asked about other inputs than its baseline was learned from, by more than the policy"
          + " tolerates",
      "Check the named features at their source; if the change is real and stays, retrain the model"
          + " or promote a new baseline.",
      List.of()),

  /** A model answers as another model would, although its inputs are as usual. */
  MODEL_REPLACED(
      "model_replaced",
      Urgency.PAGE,
      Severity.CRITICAL,
      "Model replaced or altered",
      "answers differently while its inputs are as usual, as if another model or checkpoint served"
          + " under its name",
      "Compare the digest of the serving model with the one that was released; if nobody deployed it,"
          + " treat it as tampering.",
      List.of(
          Technique.atlas("AML.T0018", "Manipulate AI Model"),
          Technique.atlas("AML.T0010.003", "AI Supply Chain Compromise: Model"),
          Technique.owaspMachineLearning("ML06", "AI Supply Chain Attacks"),
          Technique.owaspMachineLearning("ML10", "Model Poisoning"),
          Technique.owaspLanguageModels2026("LLM04", "Supply Chain"))),

  /**
   * Outputs moved, but inputs moved with them or the move was slow: no proof of a replaced model.
   */
  OUTPUT_SHIFT(
      "output_shift",
      Urgency.PAGE,
      Severity.HIGH,
      "Output shift",
      "answers differently than its baseline says is usual, by more than the policy tolerates, while"
          + " its inputs moved as well, or how it is served",
      "Check whether the moved inputs explain the outputs, then what else the model reads: features,"
          + " prompts, retrieved documents, thresholds.",
      List.of()),

  /** A model that is usually asked gets no or far fewer requests. */
  SILENCE(
      "silence",
      Urgency.PAGE,
      Severity.MEDIUM,
      "Silence",
      "gets far fewer requests than is usual at this time",
      "Check the callers, the gateway and the delivery of its events; until they arrive again nothing"
          + " watches this model.",
      List.of()),

  /** A model gets far more requests than usual; more users alone are no reason to wake anyone. */
  REQUEST_SURGE(
      "request_surge",
      Urgency.TICKET,
      Severity.LOW,
      "Request surge",
      "gets far more requests than is usual at this time",
      "See which callers the requests come from and whether the capacity and the bill can bear them.",
      List.of()),

  /** A new version or digest was announced; says whether its outputs differ. */
  VERSION_CHANGED(
      "version_changed",
      Urgency.INFORMATION,
      Severity.INFO,
      "New model version",
      "serves under a new version or digest, as its events say",
      "Nothing if this was deployed on purpose; if the outputs differ and should not, roll back.",
      List.of()),

  /** The usual itself, which follows slow changes, has left the fixed baseline's tolerance. */
  SLOW_DRIFT(
      "slow_drift",
      Urgency.TICKET,
      Severity.LOW,
      "Slow drift",
      "has moved away from its fixed baseline step by step, by more than the policy tolerates",
      "Compare the settled profile with the baseline; retrain the model or promote a new baseline.",
      List.of()),

  /** The self-audit found the null visibly false: the budget does not hold here. */
  PROMISE_SUSPENDED(
      "promise_suspended",
      Urgency.TICKET,
      Severity.LOW,
      "Alarm budget not kept",
      "varies more on quiet days than its baseline allows for, so its false alarms may exceed the"
          + " budget",
      "Take its alarms as hints for now, and learn its baseline again from a longer history.",
      List.of()),

  /** Not silent, not healthy: nobody can judge it. */
  BLIND(
      "blind",
      Urgency.INFORMATION,
      Severity.INFO,
      "Blind",
      "cannot be judged: too few events, no baseline or too thin a one",
      "Give it more events or a longer learning period, or accept that it is not watched.",
      List.of()),

  /** Many models moved at once for one reason: one incident in place of many. */
  COMMON_CAUSE(
      "common_cause",
      Urgency.PAGE,
      Severity.HIGH,
      "One cause, many models",
      "moved in many models at once, as when one upstream source breaks",
      "Look at what the named models share, first of all the source of the named features.",
      List.of());

  /** What a kind asks of people, unless a route says otherwise. */
  private enum Urgency {
    /** Look at it now. */
    PAGE,
    /** Look at it in working hours. */
    TICKET,
    /** Know it. */
    INFORMATION
  }

  private final String code;
  private final Urgency urgency;
  private final Severity severity;
  private final String title;
  private final String explanation;
  private final String whatToDo;

  @SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
  private final List<Technique> techniques;

  IncidentKind(
      String code,
      Urgency urgency,
      Severity severity,
      String title,
      String explanation,
      String whatToDo,
      List<Technique> techniques) {
    this.code = code;
    this.urgency = urgency;
    this.severity = severity;
    this.title = title;
    this.explanation = explanation;
    this.whatToDo = whatToDo;
    this.techniques = techniques;
  }

  /** The word used in JSON, such as {@code input_drift}. */
  public String code() {
    return code;
  }

  /** Whether it is worth waking someone; tickets and information never are. */
  public boolean pages() {
    return urgency == Urgency.PAGE;
  }

  /** How much it matters, unless its finding says otherwise. */
  public Severity severity() {
    return severity;
  }

  /**
   * Whether an incident shows its latest finding, as the report of a state does, or its strongest,
   * as an alarm does.
   */
  public boolean tellsTheLatest() {
    return !pages();
  }

  /** Whether each version of a model has an incident of its own. */
  public boolean isPerVersion() {
    return this == VERSION_CHANGED;
  }

  /** Path of the page that says what to do, from the root of the repository. */
  public String runbook() {
    return "docs/runbooks/" + code.replace('_', '-') + ".md";
  }

  /** A headline of a few words. */
  public String title() {
    return title;
  }

  /** What it means: the rest of a sentence that begins with the subject's name. */
  public String explanation() {
    return explanation;
  }

  /** What the reader should do first: one sentence. */
  public String whatToDo() {
    return whatToDo;
  }

  /** Where public threat catalogues file it; empty when it need not be an attack. */
  public List<Technique> techniques() {
    return techniques;
  }

  /** The kind with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static IncidentKind ofCode(String code) {
    for (IncidentKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind must be a known incident kind, was " + code);
  }
}
