package io.inferwarden.alerting;

import java.util.List;

/** What an incident claims to have happened, in the words that people read. */
public enum IncidentKind {
  /**
   * Somebody copies the model or probes it: the broadest kind, where no reason speaks for a
   * narrower one.
   */
  EXTRACTION(
      "extraction",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.EXTRACTION,
      List.of(
          Technique.atlas("AML.T0024.002", "Extract AI Model"),
          Technique.atlas("AML.T0005.001", "Train Proxy via Replication"),
          Technique.atlas("AML.T0024", "Exfiltration via AI Inference API"),
          Technique.owaspMachineLearning("ML05", "Model Theft"),
          Technique.owaspLanguageModels2026("LLM06", "Unbounded Consumption"))),

  /** Somebody looks for an input that the model gets wrong: many small steps around one input. */
  EVASION(
      "evasion",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.EVASION,
      List.of(
          Technique.atlas("AML.T0043.001", "Black-Box Optimization"),
          Technique.atlas("AML.T0042", "Verify Attack"),
          Technique.atlas("AML.T0015", "Evade AI Model"),
          Technique.owaspMachineLearning("ML01", "Input Manipulation"))),

  /** Somebody rebuilds what the model learned of one label by climbing its confidence. */
  INVERSION(
      "inversion",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.INVERSION,
      List.of(
          Technique.atlas("AML.T0024.001", "Invert AI Model"),
          Technique.owaspMachineLearning("ML03", "Model Inversion"),
          Technique.owaspLanguageModels2026("LLM02", "Sensitive Information Disclosure"))),

  /** Somebody tests whether single records were in the training data. */
  MEMBERSHIP_PROBING(
      "membership_probing",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.MEMBERSHIP_PROBING,
      List.of(
          Technique.atlas("AML.T0024.000", "Infer Training Data Membership"),
          Technique.owaspMachineLearning("ML04", "Membership Inference"),
          Technique.owaspLanguageModels2026("LLM02", "Sensitive Information Disclosure"))),

  /** Somebody sends inputs that no user would. */
  FUZZING(
      "fuzzing",
      Urgency.PAGE,
      Severity.MEDIUM,
      KindWords.FUZZING,
      List.of(
          Technique.atlas("AML.T0043", "Craft Adversarial Data"),
          Technique.atlas("AML.T0040", "AI Model Inference API Access"),
          Technique.owaspMachineLearning("ML01", "Input Manipulation"))),

  /** A program asks where people are expected; no harm in itself, so it wakes nobody. */
  SCRIPTED_USE(
      "scripted_use",
      Urgency.TICKET,
      Severity.LOW,
      KindWords.SCRIPTED_USE,
      List.of(
          Technique.atlas("AML.T0040", "AI Model Inference API Access"),
          Technique.owaspLanguageModels2026("LLM06", "Unbounded Consumption"))),

  /** Somebody makes the model work and produce as much as it can. */
  DENIAL_OF_WALLET(
      "denial_of_wallet",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.DENIAL_OF_WALLET,
      List.of(
          Technique.atlas("AML.T0034.000", "Cost Harvesting: Excessive Queries"),
          Technique.atlas("AML.T0034.001", "Cost Harvesting: Resource-Intensive Queries"),
          Technique.atlas("AML.T0029", "Denial of AI Service"),
          Technique.owaspLanguageModels2026("LLM06", "Unbounded Consumption"))),

  /** Somebody tries to talk the model out of its rules. */
  INJECTION(
      "injection",
      Urgency.PAGE,
      Severity.MEDIUM,
      KindWords.INJECTION,
      List.of(
          Technique.atlas("AML.T0051.000", "LLM Prompt Injection: Direct"),
          Technique.atlas("AML.T0054", "LLM Jailbreak"),
          Technique.owaspLanguageModels2026("LLM01", "Prompt Injection"))),

  /** Somebody asks for the hidden instructions. */
  PROMPT_EXTRACTION(
      "prompt_extraction",
      Urgency.PAGE,
      Severity.MEDIUM,
      KindWords.PROMPT_EXTRACTION,
      List.of(
          Technique.atlas("AML.T0056", "Extract LLM System Prompt"),
          Technique.atlas("AML.T0069.002", "Discover LLM System Information: System Prompt"),
          Technique.owaspLanguageModels2026("LLM08", "Hidden Context Exposure"))),

  /** Somebody asks for memorised training data. */
  DATA_EXTRACTION(
      "data_extraction",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.DATA_EXTRACTION,
      List.of(
          Technique.atlas("AML.T0057", "LLM Data Leakage"),
          Technique.atlas("AML.T0024", "Exfiltration via AI Inference API"),
          Technique.owaspLanguageModels2026("LLM02", "Sensitive Information Disclosure"))),

  /** Somebody trains another model on the answers. */
  DISTILLATION(
      "distillation",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.DISTILLATION,
      List.of(
          Technique.atlas("AML.T0024.002", "Extract AI Model"),
          Technique.atlas("AML.T0005.001", "Train Proxy via Replication"),
          Technique.atlas("AML.T0048.004", "AI Intellectual Property Theft"),
          Technique.owaspMachineLearning("ML05", "Model Theft"),
          Technique.owaspLanguageModels2026("LLM06", "Unbounded Consumption"))),

  /** A key is used by others than its owner. */
  STOLEN_KEY(
      "stolen_key",
      Urgency.PAGE,
      Severity.HIGH,
      KindWords.STOLEN_KEY,
      List.of(
          Technique.atlas("AML.T0012", "Valid Accounts"),
          Technique.atlas("AML.T0055", "Unsecured Credentials"))),

  /** So many new names that new ones are judged only as part of their cohorts; accuses nobody. */
  DETECTOR_FLOODED(
      "detector_flooded",
      Urgency.PAGE,
      Severity.MEDIUM,
      KindWords.DETECTOR_FLOODED,
      List.of(
          Technique.atlas("AML.T0046", "Spamming AI System with Chaff Data"),
          Technique.owaspLanguageModels2026("LLM06", "Unbounded Consumption"))),

  /** Many new accounts took up one template, as a class or the users of a new product do. */
  ADOPTION("adoption", Urgency.INFORMATION, Severity.INFO, KindWords.ADOPTION, List.of()),

  /** What a model is asked has moved away from what its baseline says is usual. */
  INPUT_DRIFT("input_drift", Urgency.PAGE, Severity.HIGH, KindWords.INPUT_DRIFT, List.of()),

  /** A model answers as another model would, although its inputs are as usual. */
  MODEL_REPLACED(
      "model_replaced",
      Urgency.PAGE,
      Severity.CRITICAL,
      KindWords.MODEL_REPLACED,
      List.of(
          Technique.atlas("AML.T0018", "Manipulate AI Model"),
          Technique.atlas("AML.T0010.003", "AI Supply Chain Compromise: Model"),
          Technique.owaspMachineLearning("ML06", "AI Supply Chain Attacks"),
          Technique.owaspMachineLearning("ML10", "Model Poisoning"),
          Technique.owaspLanguageModels2026("LLM04", "Supply Chain"))),

  /**
   * Outputs moved, but inputs moved with them or the move was slow: no proof of a replaced model.
   */
  OUTPUT_SHIFT("output_shift", Urgency.PAGE, Severity.HIGH, KindWords.OUTPUT_SHIFT, List.of()),

  /** A model that is usually asked gets no or far fewer requests. */
  SILENCE("silence", Urgency.PAGE, Severity.MEDIUM, KindWords.SILENCE, List.of()),

  /** A model gets far more requests than usual; more users alone are no reason to wake anyone. */
  REQUEST_SURGE("request_surge", Urgency.TICKET, Severity.LOW, KindWords.REQUEST_SURGE, List.of()),

  /** A new version or digest was announced; says whether its outputs differ. */
  VERSION_CHANGED(
      "version_changed", Urgency.INFORMATION, Severity.INFO, KindWords.VERSION_CHANGED, List.of()),

  /** The usual itself, which follows slow changes, has left the fixed baseline's tolerance. */
  SLOW_DRIFT("slow_drift", Urgency.TICKET, Severity.LOW, KindWords.SLOW_DRIFT, List.of()),

  /** The self-audit found the null visibly false: the budget does not hold here. */
  PROMISE_SUSPENDED(
      "promise_suspended", Urgency.TICKET, Severity.LOW, KindWords.PROMISE_SUSPENDED, List.of()),

  /** Not silent, not healthy: nobody can judge it. */
  BLIND("blind", Urgency.INFORMATION, Severity.INFO, KindWords.BLIND, List.of()),

  /** Many models moved at once for one reason: one incident in place of many. */
  COMMON_CAUSE("common_cause", Urgency.PAGE, Severity.HIGH, KindWords.COMMON_CAUSE, List.of()),

  /** Told at a fixed interval, so that its absence shows that the way of alerts is broken. */
  WATCHDOG("watchdog", Urgency.INFORMATION, Severity.INFO, KindWords.WATCHDOG, List.of()),

  /** Sent on request down the way of a real one. */
  TEST("test", Urgency.INFORMATION, Severity.INFO, KindWords.TEST, List.of()),

  /** Many notifications in one: what a storm, or the grouping of a route, has become. */
  DIGEST("digest", Urgency.INFORMATION, Severity.INFO, KindWords.DIGEST, List.of()),

  /** A sink takes no notifications any more; told through the others. */
  DELIVERY_FAILING(
      "delivery_failing", Urgency.PAGE, Severity.HIGH, KindWords.DELIVERY_FAILING, List.of());

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

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final KindWords words;

  @SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
  private final List<Technique> techniques;

  IncidentKind(
      String code,
      Urgency urgency,
      Severity severity,
      KindWords words,
      List<Technique> techniques) {
    this.code = code;
    this.urgency = urgency;
    this.severity = severity;
    this.words = words;
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

  /** How much it matters, unless its finding says otherwise; see {@link SeverityRule}. */
  public Severity severity() {
    return severity;
  }

  /**
   * Whether it says of somebody that they do not use the model as honest users do: of a principal,
   * or of a campaign or cohort of them. Such kinds are readings of the same evidence.
   */
  public boolean accuses() {
    return switch (this) {
      case EXTRACTION,
          EVASION,
          INVERSION,
          MEMBERSHIP_PROBING,
          FUZZING,
          SCRIPTED_USE,
          DENIAL_OF_WALLET,
          INJECTION,
          PROMPT_EXTRACTION,
          DATA_EXTRACTION,
          DISTILLATION,
          STOLEN_KEY ->
          true;
      default -> false;
    };
  }

  /**
   * Whether it speaks of the platform's own alerts, not of what it watches. Such a kind comes from
   * no detector and spends no budget.
   */
  public boolean isOfDelivery() {
    return this == WATCHDOG || this == TEST || this == DIGEST || this == DELIVERY_FAILING;
  }

  /**
   * Whether an incident shows its latest finding, as the report of a state does, or its strongest,
   * as an alarm does.
   */
  public boolean tellsTheLatest() {
    return !pages() && !accuses();
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
    return words.title();
  }

  /** What it means: the rest of a sentence that begins with the subject's name. */
  public String explanation() {
    return words.explanation();
  }

  /** What the reader should do first: one sentence. */
  public String whatToDo() {
    return words.whatToDo();
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
