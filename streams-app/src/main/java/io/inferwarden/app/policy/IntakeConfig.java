package io.inferwarden.app.policy;

import java.util.List;
import java.util.Optional;

/**
 * How events get in.
 *
 * @param collector takes them over HTTP; empty where {@code run} leaves that to {@code collect}
 * @param sources topics that they are read from, in the formats of gateways
 * @param privacy what is done to names and texts
 * @param audit the record of every inference
 */
public record IntakeConfig(
    Optional<CollectorConfig> collector,
    List<SourceConfig> sources,
    PrivacyConfig privacy,
    AuditConfig audit) {
  private static final IntakeConfig NONE =
      new IntakeConfig(
          Optional.empty(), List.of(), PrivacyConfig.defaults(), AuditConfig.defaults());

  public IntakeConfig {
    sources = List.copyOf(sources);
  }

  /** Events are in the topic already, written by producers that speak their schema. */
  public static IntakeConfig none() {
    return NONE;
  }

  /** What it means, in plain words, one line each. */
  public List<String> explain() {
    return IntakeExplanation.of(this);
  }

  /** What is valid but seldom meant, one line each. */
  public List<String> warnings(RunConfig.Instance instance) {
    return IntakeExplanation.warnings(this, instance);
  }

  /** Whether anything is taken in here. */
  public boolean takesEvents() {
    return collector.isPresent() || !sources.isEmpty();
  }

  /** The same, with a collector. */
  public IntakeConfig with(CollectorConfig other) {
    return new IntakeConfig(Optional.of(other), sources, privacy, audit);
  }
}
