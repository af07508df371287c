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
      "Input drift",
      "is asked about other inputs than its baseline was learned from, by more than the policy"
          + " tolerates",
      "Check the named features at their source; if the change is real and stays, retrain the model"
          + " or promote a new baseline.",
      List.of()),

  /** A model answers as another model would, although its inputs are as usual. */
  MODEL_REPLACED(
      "model_replaced",
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

  /** A model that is usually asked gets no or far fewer requests. */
  SILENCE(
      "silence",
      "Silence",
      "gets far fewer requests than is usual at this time",
      "Check the callers, the gateway and the delivery of its events; until they arrive again nothing"
          + " watches this model.",
      List.of());

  private final String code;
  private final String title;
  private final String explanation;
  private final String whatToDo;

  @SuppressWarnings("ImmutableEnumChecker") // the lists come from List.of
  private final List<Technique> techniques;

  IncidentKind(
      String code, String title, String explanation, String whatToDo, List<Technique> techniques) {
    this.code = code;
    this.title = title;
    this.explanation = explanation;
    this.whatToDo = whatToDo;
    this.techniques = techniques;
  }

  /** The word used in JSON, such as {@code input_drift}. */
  public String code() {
    return code;
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
