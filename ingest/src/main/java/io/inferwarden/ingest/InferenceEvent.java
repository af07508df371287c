package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * One inference event: who asked which model what, and what it answered. Mutable and reusable: a
 * parser fills the same object again and again, so whoever keeps an event beyond the call that
 * handed it over keeps a copy of what it needs. Raw text is never held, only its length and its
 * measures. Not thread-safe.
 */
public final class InferenceEvent {
  static final String DEFAULT_STATUS = "ok";

  private @Nullable String id;
  private long timeMillis;
  private String model = "";
  private String version = "";
  private @Nullable String digest;
  private String principal = "";
  private @Nullable String org;
  private @Nullable String ip;
  private @Nullable String network;
  private @Nullable Operation operation;
  private String status = DEFAULT_STATUS;
  private double latencyMillis = Double.NaN;
  private @Nullable GuardVerdict guard;
  private int inputTextLength = -1;
  private int inputTokens = -1;
  private @Nullable String fingerprint;
  private @Nullable String label;
  private double value = Double.NaN;
  private int outputTextLength = -1;
  private int outputTokens = -1;
  private @Nullable String finishReason;
  private final Features features = new Features();
  private final Embedding embedding = new Embedding();
  private final Scores scores = new Scores();
  private final TextMeasures inputText = new TextMeasures();
  private final TextMeasures outputText = new TextMeasures();

  /** Forgets everything, as if new. */
  public void clear() {
    id = null;
    timeMillis = 0;
    model = "";
    version = "";
    digest = null;
    principal = "";
    org = null;
    ip = null;
    network = null;
    operation = null;
    status = DEFAULT_STATUS;
    latencyMillis = Double.NaN;
    guard = null;
    inputTextLength = -1;
    inputTokens = -1;
    fingerprint = null;
    label = null;
    value = Double.NaN;
    outputTextLength = -1;
    outputTokens = -1;
    finishReason = null;
    features.clear();
    embedding.clear();
    scores.clear();
    inputText.clear();
    outputText.clear();
  }

  /** Named input features; empty when absent. */
  public Features features() {
    return features;
  }

  /** Embedding of the input; empty when absent. */
  public Embedding embedding() {
    return embedding;
  }

  /** Scores of the output; empty when absent. */
  public Scores scores() {
    return scores;
  }

  /** What is kept of the input text beside its length. */
  public TextMeasures inputText() {
    return inputText;
  }

  /** What is kept of the output text beside its length. */
  public TextMeasures outputText() {
    return outputText;
  }

  /** Identifier of the event, for finding duplicates; null when absent. */
  public @Nullable String id() {
    return id;
  }

  public InferenceEvent id(@Nullable String id) {
    this.id = id;
    return this;
  }

  /** Event time, in milliseconds since the epoch. */
  public long timeMillis() {
    return timeMillis;
  }

  public InferenceEvent timeMillis(long timeMillis) {
    this.timeMillis = timeMillis;
    return this;
  }

  /** Name of the model; never empty in a parsed event. */
  public String model() {
    return model;
  }

  public InferenceEvent model(String model) {
    this.model = model;
    return this;
  }

  /** Version of the model; empty when absent. */
  public String version() {
    return version;
  }

  public InferenceEvent version(String version) {
    this.version = version;
    return this;
  }

  /** Digest of the model's weights; null when absent. */
  public @Nullable String digest() {
    return digest;
  }

  public InferenceEvent digest(@Nullable String digest) {
    this.digest = digest;
    return this;
  }

  /** Who asked; never empty in a parsed event. */
  public String principal() {
    return principal;
  }

  public InferenceEvent principal(String principal) {
    this.principal = principal;
    return this;
  }

  /** Organisation of the principal; null when absent. */
  public @Nullable String org() {
    return org;
  }

  public InferenceEvent org(@Nullable String org) {
    this.org = org;
    return this;
  }

  /** Network address or its pseudonym; null when absent. */
  public @Nullable String ip() {
    return ip;
  }

  public InferenceEvent ip(@Nullable String ip) {
    this.ip = ip;
    return this;
  }

  /**
   * Network that the request came from, or its pseudonym; null when absent, where it is that of the
   * {@linkplain #ip() address}.
   */
  public @Nullable String network() {
    return network;
  }

  public InferenceEvent network(@Nullable String network) {
    this.network = network;
    return this;
  }

  /** What was asked; null when absent. */
  public @Nullable Operation operation() {
    return operation;
  }

  public InferenceEvent operation(@Nullable Operation operation) {
    this.operation = operation;
    return this;
  }

  /** How the request ended; {@code ok} when absent. */
  public String status() {
    return status;
  }

  public InferenceEvent status(String status) {
    this.status = status;
    return this;
  }

  /** Milliseconds from request to answer, at least 0; NaN when absent. */
  public double latencyMillis() {
    return latencyMillis;
  }

  public InferenceEvent latencyMillis(double latencyMillis) {
    this.latencyMillis = latencyMillis;
    return this;
  }

  /** What a guardrail made of the request; null when absent. */
  public @Nullable GuardVerdict guard() {
    return guard;
  }

  public InferenceEvent guard(@Nullable GuardVerdict guard) {
    this.guard = guard;
    return this;
  }

  /** UTF-16 units of the input text, which itself is not kept; -1 when absent. */
  public int inputTextLength() {
    return inputTextLength;
  }

  public InferenceEvent inputTextLength(int inputTextLength) {
    this.inputTextLength = inputTextLength;
    return this;
  }

  /** Tokens of the input; -1 when absent. */
  public int inputTokens() {
    return inputTokens;
  }

  public InferenceEvent inputTokens(int inputTokens) {
    this.inputTokens = inputTokens;
    return this;
  }

  /** Fingerprint of the input given by the producer; null when absent. */
  public @Nullable String fingerprint() {
    return fingerprint;
  }

  public InferenceEvent fingerprint(@Nullable String fingerprint) {
    this.fingerprint = fingerprint;
    return this;
  }

  /** Predicted label; null when absent. */
  public @Nullable String label() {
    return label;
  }

  public InferenceEvent label(@Nullable String label) {
    this.label = label;
    return this;
  }

  /** Predicted value of a regression; NaN when absent. */
  public double value() {
    return value;
  }

  public InferenceEvent value(double value) {
    this.value = value;
    return this;
  }

  /** UTF-16 units of the output text, which itself is not kept; -1 when absent. */
  public int outputTextLength() {
    return outputTextLength;
  }

  public InferenceEvent outputTextLength(int outputTextLength) {
    this.outputTextLength = outputTextLength;
    return this;
  }

  /** Tokens of the output; -1 when absent. */
  public int outputTokens() {
    return outputTokens;
  }

  public InferenceEvent outputTokens(int outputTokens) {
    this.outputTokens = outputTokens;
    return this;
  }

  /** Why generation ended; null when absent. */
  public @Nullable String finishReason() {
    return finishReason;
  }

  public InferenceEvent finishReason(@Nullable String finishReason) {
    this.finishReason = finishReason;
    return this;
  }
}
