package io.inferwarden.app.processor;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.settings.DetectionSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what many models say of one cause into one finding. */
final class FleetFinding {
  private final FleetCause cause;
  private final long atMillis;
  private final Set<String> models = new TreeSet<>();
  private final Set<String> counted = new HashSet<>();
  private Severity severity = IncidentKind.COMMON_CAUSE.severity();
  private long onsetMillis;
  private long events;
  private double level;
  private long chanceOnceInMillis = Chance.UNKNOWN;
  private @Nullable Evidence reason;

  FleetFinding(FleetCause cause, long atMillis) {
    this.cause = cause;
    this.atMillis = atMillis;
    this.onsetMillis = atMillis;
  }

  /** Names models that said so before, each on its own. */
  void name(Set<String> others) {
    models.addAll(others);
  }

  /** Folds the models' own findings; the strongest gives the reason. */
  void fold(List<Finding> findings) {
    for (Finding finding : findings) {
      severity = severity.or(finding.severity());
      include(finding.model(), finding.onsetMillis(), finding.events());
      if (finding.level() > level) {
        level = finding.level();
        chanceOnceInMillis = finding.chanceOnceInMillis();
        reason = in(finding.model(), finding.evidence().get(0));
      }
    }
  }

  /** Takes the fleet's own evidence, of models that need not have said anything themselves. */
  void carry(List<FleetMessage.Note> carriers, double fleetLevel, DetectionSettings settings) {
    for (FleetMessage.Note note : carriers) {
      include(note.model(), note.onsetMillis(), note.events());
    }
    FleetMessage.Note strongest = carriers.get(0);
    FleetMessage.Cause moved = cause.ofThis(strongest);
    if (moved != null && fleetLevel > level) {
      long paneMillis = settings.pane().toMillis();
      level = fleetLevel;
      chanceOnceInMillis =
          Chance.onceInMillis(level, settings.budget().fleetPaneSpend(paneMillis), paneMillis);
      reason =
          in(
              strongest.model(),
              Evidence.ofModel(
                  moved.signal(), moved.share(), moved.bin(), moved.expected(), moved.observed()));
    }
  }

  private void include(String model, long onset, long judged) {
    onsetMillis = Math.min(onsetMillis, onset);
    models.add(model);
    events += counted.add(model) ? judged : 0;
  }

  private static Evidence in(String model, Evidence ofModel) {
    return new Evidence(
        ofModel.signal(),
        1,
        ofModel.description(),
        ofModel.expected(),
        ofModel.observed(),
        ofModel.sentence() + " in " + model + ", where it is clearest",
        ofModel.change());
  }

  Finding finding() {
    Evidence told = reason;
    return new Finding(
        "fleet:" + cause.signal,
        Finding.ANY_MODEL,
        "",
        IncidentKind.COMMON_CAUSE,
        severity,
        atMillis,
        onsetMillis,
        events,
        level,
        chanceOnceInMillis,
        told == null ? List.of() : List.of(told),
        List.copyOf(models));
  }
}
