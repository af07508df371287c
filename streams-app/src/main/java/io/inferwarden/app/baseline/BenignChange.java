package io.inferwarden.app.baseline;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.feed.PrintableText;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change of how models behave of which a person has said that it was meant: the only reason for
 * which a baseline is learned anew.
 *
 * @param incident that told of the change
 * @param judgement that it was benign
 */
public record BenignChange(Incident incident, Judgement judgement) {
  /** What a baseline says is usual can change in these ways. */
  private static final Set<IncidentKind> KINDS =
      EnumSet.of(
          IncidentKind.INPUT_DRIFT,
          IncidentKind.OUTPUT_SHIFT,
          IncidentKind.MODEL_REPLACED,
          IncidentKind.SLOW_DRIFT,
          IncidentKind.COMMON_CAUSE,
          IncidentKind.VERSION_CHANGED);

  /**
   * The change that an incident tells of; refused where it is no such change, or nobody said so.
   */
  public static BenignChange of(Incident incident) {
    if (!KINDS.contains(incident.kind())) {
      throw new IllegalArgumentException(
          "incident "
              + incident.id()
              + " is about "
              + incident.kind().code()
              + "; a baseline is learned anew only after a change of a model's behaviour: "
              + KINDS.stream().map(IncidentKind::code).collect(Collectors.joining(", ")));
    }
    Judgement judgement = incident.handling().judgement();
    if (judgement == null || judgement.verdict() != IncidentVerdict.BENIGN_CHANGE) {
      throw new IllegalArgumentException(
          "incident "
              + incident.id()
              + (judgement == null
                  ? " was not judged by anybody yet"
                  : " was judged "
                      + judgement.verdict().code()
                      + " by "
                      + PrintableText.of(judgement.by()))
              + "; where the change was meant, say so first: ./inferwarden alerts verdict "
              + incident.id()
              + " benign --note \"why\"");
    }
    BenignChange change = new BenignChange(incident, judgement);
    if (change.models().isEmpty()) {
      throw new IllegalArgumentException("incident " + incident.id() + " names no model");
    }
    return change;
  }

  /** Which models changed. */
  public List<String> models() {
    boolean one = incident.models().isEmpty() && !incident.model().equals(Finding.ANY_MODEL);
    return one ? List.of(incident.model()) : incident.models();
  }

  /** When it began, as far as the evidence tells. */
  public Instant onset() {
    return Instant.ofEpochMilli(incident.onsetMillis());
  }

  /** What is kept with a baseline that was learned because of it. */
  public String origin(String by) {
    String note = judgement.note().isBlank() ? "" : ": " + judgement.note();
    return PrintableText.of(
        "relearned by "
            + by
            + " after incident "
            + incident.id()
            + " (benign, judged by "
            + judgement.by()
            + " at "
            + Instant.ofEpochMilli(judgement.atMillis())
            + note
            + ")");
  }
}
