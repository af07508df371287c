package io.inferwarden.app.backtest;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.ModelBaselines;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which baseline of a model is learned anew.
 *
 * @param model name of the model
 * @param version whose events are learned from
 * @param replaced the baseline that the new one takes the place of; empty where there is none
 * @param beside the baseline that stays and judges principals and inputs; empty where the new one
 *     will
 */
public record RelearnPlan(
    String model,
    String version,
    Optional<BaselineRecord> replaced,
    Optional<BaselineRecord> beside) {

  /**
   * Decides it. The version is the one that the incident names or, where that answers no more, the
   * one that answers most: the new baseline then stands for what the old one did.
   *
   * @param incident about the change
   * @param model one of those that changed
   * @param known the baselines of the model; null when it has none
   * @param census of the events to learn from
   */
  public static RelearnPlan of(
      Incident incident, String model, @Nullable ModelBaselines known, VersionCensus census) {
    if (known == null) {
      String version = answering(model, incident.version(), census);
      return new RelearnPlan(model, version, Optional.empty(), Optional.empty());
    }
    BaselineRecord primary = known.primary();
    if (incident.kind() == IncidentKind.VERSION_CHANGED) {
      return ofVersion(model, incident.version(), primary, known);
    }
    BaselineRecord named = known.ofVersion(incident.version());
    BaselineRecord judging = named == null ? primary : named;
    String version = answering(model, judging.version(), census);
    return judging.id().equals(primary.id())
        ? new RelearnPlan(model, version, Optional.of(primary), Optional.empty())
        : ofVersion(model, version, primary, known);
  }

  /** The outputs of a version, or all where its baseline is the primary one. */
  private static RelearnPlan ofVersion(
      String model, String version, BaselineRecord primary, ModelBaselines known) {
    return new RelearnPlan(
        model,
        version,
        Optional.ofNullable(known.ofVersion(version)),
        primary.version().equals(version) ? Optional.empty() : Optional.of(primary));
  }

  private static String answering(String model, String named, VersionCensus census) {
    return census.events(model, named) > 0 ? named : census.busiest(model).orElse(named);
  }
}
