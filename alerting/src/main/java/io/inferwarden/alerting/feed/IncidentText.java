package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import java.util.List;
import java.util.Locale;

/**
 * An incident in plain words for a terminal or a log: a headline, since when, how sure, who takes
 * part, the reasons, what was before and is now, what to do. Characters that a terminal would obey
 * are shown as their code points, and no line is wider than {@value TextLines#WIDTH} columns.
 *
 * <pre>
 * HIGH  input_drift  model fraud-scorer
 *   id inc_…
 *   since 2026-03-02 14:01 UTC, 1.5 hours before the alarm, after 4,100 queries
 *   chance alone would do this once in 3.2 years
 *   - age: 31 % of inputs in 44 to 52, where 12 % are usual; median 41 -&gt; 47.1
 *     (+6.1); total variation 0.24; carries 63 % of the evidence
 *     …
 *   Check the named features at their source; if the change is real and stays, …
 *   runbook: docs/runbooks/input-drift.md
 * </pre>
 */
public final class IncidentText {
  private static final int SHOWN_REASONS = 5;
  private static final int BRIEF_REASONS = 2;
  private static final String INDENT = "  ";
  private static final String REASON = "  - ";
  private static final String UNDER_REASON = "    ";

  private IncidentText() {}

  /** All of it, the lines joined by line feeds, without one at the end. */
  public static String of(Incident incident) {
    TextLines lines = new TextLines();
    addHead(lines, incident);
    addReasons(lines, incident.evidence(), SHOWN_REASONS);
    addHistogram(lines, incident.evidence());
    lines.wrapped(INDENT, INDENT, incident.kind().whatToDo());
    lines.wrapped(INDENT, INDENT, "runbook: " + incident.kind().runbook());
    return lines.toString();
  }

  /** Only who, since when, how sure, and the two strongest reasons. */
  public static String brief(Incident incident) {
    TextLines lines = new TextLines();
    addHead(lines, incident);
    List<Evidence> evidence = incident.evidence();
    addReasons(lines, evidence.subList(0, Math.min(BRIEF_REASONS, evidence.size())), BRIEF_REASONS);
    return lines.toString();
  }

  private static void addHead(TextLines lines, Incident incident) {
    StringBuilder headline = new StringBuilder();
    headline.append(incident.isOpen() ? incident.severity().name() : "RESOLVED");
    headline.append("  ").append(incident.kind().code());
    headline.append("  ").append(IncidentWording.who(incident));
    lines.wrapped("", UNDER_REASON, headline.toString());
    String revision = incident.revision() > 1 ? ", revision " + incident.revision() : "";
    lines.wrapped(INDENT, UNDER_REASON, "id " + PrintableText.of(incident.id()) + revision);
    String since = IncidentWording.since(incident);
    String after =
        incident.events() == 0 ? "" : ", after " + IncidentWording.queries(incident.events());
    String findings =
        incident.findings() > 1
            ? String.format(Locale.ROOT, ", %,d findings", incident.findings())
            : "";
    lines.wrapped(INDENT, UNDER_REASON, since + after + findings);
    if (incident.chanceOnceInMillis() != Chance.UNKNOWN) {
      lines.wrapped(INDENT, UNDER_REASON, Chance.words(incident.chanceOnceInMillis()));
    }
    if (!incident.models().isEmpty()) {
      lines.wrapped(INDENT, UNDER_REASON, IncidentWording.models(incident.models()));
    }
    if (!incident.members().isEmpty()) {
      lines.wrapped(INDENT, UNDER_REASON, IncidentWording.members(incident));
    }
  }

  private static void addReasons(TextLines lines, List<Evidence> evidence, int most) {
    int shown = Math.min(most, evidence.size());
    for (Evidence reason : evidence.subList(0, shown)) {
      lines.wrapped(REASON, UNDER_REASON, IncidentWording.sentence(reason));
    }
    int weaker = evidence.size() - shown;
    if (weaker > 0) {
      lines.wrapped(REASON, UNDER_REASON, "and " + weaker + " weaker reasons");
    }
  }

  /** One histogram is enough for a glance: that of the strongest reason which has one. */
  private static void addHistogram(TextLines lines, List<Evidence> evidence) {
    for (Evidence reason : evidence) {
      Change change = reason.change();
      if (change != null && !change.histogram().isEmpty()) {
        HistogramText.of(reason.signal(), change.histogram()).forEach(lines::line);
        return;
      }
    }
  }
}
