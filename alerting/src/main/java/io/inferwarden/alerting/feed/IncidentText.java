package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import java.util.List;
import java.util.Locale;

/**
 * An incident in plain words for a terminal or a log: a headline, since when, the reasons, what to
 * do. Characters that a terminal would obey are shown as their code points.
 *
 * <pre>
 * HIGH  extraction  principal k9 on fraud-scorer  (id inc_…)
 *   since 2026-03-02 14:02 UTC, after 41 queries:
 *   - probing: 41 % of its queries had in the most extreme 1 %, where 1 % are usual; carries 63 % of the evidence
 *   Look at who owns the account and whether this use was agreed; if not, …
 * </pre>
 */
public final class IncidentText {
  private static final int SHOWN_REASONS = 5;

  private IncidentText() {}

  /** The lines joined by line feeds, without one at the end. */
  public static String of(Incident incident) {
    StringBuilder text = new StringBuilder();
    text.append(incident.isOpen() ? incident.severity().name() : "RESOLVED");
    text.append("  ").append(incident.kind().code());
    text.append("  ").append(IncidentWording.who(incident.subject(), incident.model()));
    text.append("  (id ").append(PrintableText.of(incident.id()));
    if (incident.revision() > 1) {
      text.append(", revision ").append(incident.revision());
    }
    text.append(")\n  since ").append(IncidentWording.minute(incident.onsetMillis()));
    text.append(", after ").append(IncidentWording.queries(incident.events()));
    if (incident.findings() > 1) {
      text.append(String.format(Locale.ROOT, ", %,d findings", incident.findings()));
    }
    appendReasons(text, incident.evidence());
    return text.append("\n  ").append(incident.kind().whatToDo()).toString();
  }

  private static void appendReasons(StringBuilder text, List<Evidence> evidence) {
    if (!evidence.isEmpty()) {
      text.append(':');
    }
    int shown = Math.min(SHOWN_REASONS, evidence.size());
    for (Evidence reason : evidence.subList(0, shown)) {
      text.append("\n  - ").append(IncidentWording.sentence(reason));
    }
    if (evidence.size() > shown) {
      text.append("\n  - and ").append(evidence.size() - shown).append(" weaker reasons");
    }
  }
}
