package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.Technique;
import io.inferwarden.alerting.outbox.Notification;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A revision of an incident as one line of CEF (ArcSight Common Event Format, version 0): the kind
 * is the signature, the incident's title the name, and the dictionary's own fields hold the rest.
 * One key is not of the dictionary: the notification's id, by which a receiver can tell that it has
 * it already.
 *
 * @param line without a line break
 * @param cut the fields that were shortened, to their own limit or to that of the line
 */
record CefEvent(String line, List<String> cut) {
  /** No field of the dictionary is for it; CEF lets vendors add keys that begin with their name. */
  private static final String NOTIFICATION = "InferwardenNotificationId";

  private static final String NAME = "name";
  private static final String SUMMARY = "msg";
  private static final String MEMBERS = "flexString1";
  private static final String JUDGEMENT = "flexString2";
  private static final String EVIDENCE = "cs5";
  private static final String SUBJECT = "cs6";
  private static final String PRINCIPAL = "suid";
  private static final String VERSION = "cs2";
  private static final String MODEL = "cs1";

  /** What gives way when the line is too long, the least missed first. */
  private static final List<String> FIRST_TO_CUT =
      List.of(SUMMARY, MEMBERS, EVIDENCE, JUDGEMENT, PRINCIPAL, SUBJECT, VERSION, MODEL, NAME);

  private static final int MOST_NAME = 512;
  private static final int MOST_SHORT = 63;
  private static final int MOST_LONG = 1023;
  private static final int MOST_CUSTOM = 4000;
  private static final int MOST_EXTERNAL_ID = 40;

  private static final String PRINCIPAL_PREFIX = "principal:";

  CefEvent {
    cut = List.copyOf(cut);
  }

  /** A key and its escaped value. */
  private record Field(String key, String value, boolean isCut) {
    Field withinBytes(int mostBytes) {
      return new Field(key, CefText.cut(value, Integer.MAX_VALUE, mostBytes), true);
    }
  }

  /**
   * The event, at most so many bytes of UTF-8 as far as that can be reached by cutting text: first
   * the summary, then members, evidence and note, names last. Identifiers and numbers stay whole.
   */
  static CefEvent of(Notification notification, int mostBytes) {
    Incident incident = notification.incident();
    List<Field> fields = fields(notification);
    String line = line(incident, fields);
    for (String key : FIRST_TO_CUT) {
      int excess = CefText.bytes(line) - mostBytes;
      if (excess <= 0) {
        break;
      }
      fields.replaceAll(
          field ->
              field.key().equals(key)
                  ? field.withinBytes(CefText.bytes(field.value()) - excess)
                  : field);
      line = line(incident, fields);
    }
    return new CefEvent(line, fields.stream().filter(Field::isCut).map(Field::key).toList());
  }

  private static String line(Incident incident, List<Field> fields) {
    StringBuilder line = new StringBuilder("CEF:0|Inferwarden|Inferwarden|");
    line.append(IncidentJson.SCHEMA_VERSION).append('|').append(incident.kind().code());
    line.append('|').append(fields.get(0).value());
    line.append('|').append(severity(incident.severity())).append('|');
    for (Field field : fields.subList(1, fields.size())) {
      line.append(field.key()).append('=').append(field.value()).append(' ');
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case INFO -> 2;
      case LOW -> 4;
      case MEDIUM -> 6;
      case HIGH -> 8;
      case CRITICAL -> 10;
    };
  }

  /** The name first, then the extension. */
  private static List<Field> fields(Notification notification) {
    Incident incident = notification.incident();
    List<Field> fields = new ArrayList<>();
    String name = CefText.header(bounded(incident.title(), MOST_NAME));
    String fitting = CefText.cut(name, MOST_NAME, Integer.MAX_VALUE);
    fields.add(new Field(NAME, fitting, !fitting.equals(name)));
    add(fields, "externalId", incident.id(), MOST_EXTERNAL_ID);
    add(fields, NOTIFICATION, notification.id(), MOST_LONG);
    add(fields, "act", incident.change().code(), MOST_SHORT);
    add(fields, "outcome", incident.state().code(), MOST_SHORT);
    add(fields, "cat", category(incident.kind()), MOST_LONG);
    addNumber(fields, "rt", notification.createdAtMillis());
    addNumber(fields, "start", incident.onsetMillis());
    addNumber(fields, "end", endMillis(incident));
    addNumber(fields, "cnt", incident.findings());
    addLabelled(fields, MODEL, "model", incident.model(), MOST_CUSTOM);
    addLabelled(fields, VERSION, "version", incident.version(), MOST_CUSTOM);
    addLabelled(fields, "cs3", "runbook", incident.kind().runbook(), MOST_CUSTOM);
    addLabelled(fields, "cs4", "techniques", techniques(incident), MOST_CUSTOM);
    addLabelled(fields, EVIDENCE, "evidence", evidence(incident), MOST_CUSTOM);
    addLabelled(fields, SUBJECT, "subject", incident.subject(), MOST_CUSTOM);
    addCounts(fields, incident);
    addMeasures(fields, incident);
    if (incident.subject().startsWith(PRINCIPAL_PREFIX)) {
      String principal = incident.subject().substring(PRINCIPAL_PREFIX.length());
      add(fields, PRINCIPAL, principal, MOST_LONG);
    }
    add(fields, "reason", Chance.words(incident.chanceOnceInMillis()), MOST_LONG);
    addLabelled(fields, MEMBERS, "members", members(incident), MOST_LONG);
    addLabelled(fields, JUDGEMENT, "verdict", verdict(incident.handling()), MOST_LONG);
    add(fields, SUMMARY, incident.summary(), MOST_LONG);
    return fields;
  }

  private static void addCounts(List<Field> fields, Incident incident) {
    addLabel(fields, "cn1", "events");
    addNumber(fields, "cn1", incident.events());
    addLabel(fields, "cn2", "members");
    addNumber(fields, "cn2", incident.memberCount());
    addLabel(fields, "cn3", "revision");
    addNumber(fields, "cn3", incident.revision());
  }

  /** The level, and of the strongest reason which share is usual and which was seen. */
  private static void addMeasures(List<Field> fields, Incident incident) {
    addMeasure(fields, "cfp1", "level", incident.level());
    if (!incident.evidence().isEmpty()) {
      Evidence strongest = incident.evidence().get(0);
      addMeasure(fields, "cfp2", "expected share", strongest.expected());
      addMeasure(fields, "cfp3", "observed share", strongest.observed());
    }
  }

  private static void addMeasure(List<Field> fields, String key, String label, double number) {
    if (!Double.isNaN(number)) {
      addLabel(fields, key, label);
      float shown = (float) Math.min(number, Float.MAX_VALUE);
      String plain = new BigDecimal(Float.toString(shown)).toPlainString();
      fields.add(new Field(key, plain, false));
    }
  }

  private static void addLabelled(
      List<Field> fields, String key, String label, String text, int mostCharacters) {
    if (!text.isBlank()) {
      addLabel(fields, key, label);
      add(fields, key, text, mostCharacters);
    }
  }

  private static void addLabel(List<Field> fields, String key, String label) {
    fields.add(new Field(key + "Label", label, false));
  }

  private static void addNumber(List<Field> fields, String key, long number) {
    fields.add(new Field(key, Long.toString(number), false));
  }

  /** Leaves out what is blank: a key without a value tells nothing. */
  private static void add(List<Field> fields, String key, String text, int mostCharacters) {
    if (!text.isBlank()) {
      String value = CefText.value(bounded(text, mostCharacters));
      String fitting = CefText.cut(value, mostCharacters, Integer.MAX_VALUE);
      fields.add(new Field(key, fitting, !fitting.equals(value)));
    }
  }

  /** Enough of a text to cut; escapes only lengthen it, and names may be very long. */
  private static String bounded(String text, int mostCharacters) {
    return text.substring(0, Math.min(text.length(), mostCharacters + 1));
  }

  private static String category(IncidentKind kind) {
    if (kind.isOfDelivery()) {
      return "delivery";
    }
    return kind.accuses() ? "abuse" : "model";
  }

  private static long endMillis(Incident incident) {
    long resolvedAtMillis = incident.handling().resolvedAtMillis();
    return resolvedAtMillis == Handling.NOT_RESOLVED
        ? incident.lastSeenAtMillis()
        : resolvedAtMillis;
  }

  private static String techniques(Incident incident) {
    return incident.techniques().stream().map(Technique::id).collect(Collectors.joining(", "));
  }

  private static String evidence(Incident incident) {
    return incident.evidence().stream().map(Evidence::sentence).collect(Collectors.joining("; "));
  }

  private static String members(Incident incident) {
    return incident.members().stream().map(Member::principal).collect(Collectors.joining(", "));
  }

  private static String verdict(Handling handling) {
    Judgement judgement = handling.judgement();
    if (judgement == null) {
      return "";
    }
    String note = judgement.note().isBlank() ? "" : ": " + judgement.note();
    return judgement.verdict().code() + " by " + judgement.by() + note;
  }
}
