package io.inferwarden.alerting.sink.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Technique;
import io.inferwarden.alerting.outbox.Notification;

/** What somebody who was woken wants to read: the facts and the reasons, as a small JSON object. */
final class IncidentDetails {
  private static final int MOST_SENTENCE = 2_000;
  private static final int MOST_NAME = 255;
  private static final int MOST_REASONS = 20;

  private IncidentDetails() {}

  /** Everything: reasons, members and models too. */
  static ObjectNode all(Notification notification) {
    Incident incident = notification.incident();
    ObjectNode details = facts(notification);
    details.put(JsonNames.SUMMARY, sentence(incident.summary()));
    ArrayNode evidence = details.putArray(JsonNames.EVIDENCE);
    incident.evidence().stream()
        .limit(MOST_REASONS)
        .map(Evidence::sentence)
        .forEach(reason -> evidence.add(sentence(reason)));
    if (incident.memberCount() > 0) {
      ArrayNode members = details.putArray(JsonNames.MEMBERS);
      incident.members().stream()
          .map(Member::principal)
          .forEach(member -> members.add(name(member)));
    }
    if (!incident.models().isEmpty()) {
      ArrayNode models = details.putArray(JsonNames.MODELS);
      incident.models().forEach(model -> models.add(name(model)));
    }
    putPeople(details, incident);
    return details;
  }

  /** What is left when all of it would be too large, and a word about that. */
  static ObjectNode essential(Notification notification, int mostBytes) {
    ObjectNode details = facts(notification);
    details.put(
        "omitted",
        "evidence, members and models are left out: the event would be larger than "
            + mostBytes
            + " bytes; look the incident up by its id");
    return details;
  }

  private static ObjectNode facts(Notification notification) {
    Incident incident = notification.incident();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("notification", notification.id());
    details.put(JsonNames.ID, incident.id());
    details.put(JsonNames.REVISION, incident.revision());
    details.put("occasion", notification.occasion().code());
    details.put(JsonNames.CHANGE, incident.change().code());
    details.put(JsonNames.STATE, incident.state().code());
    details.put(JsonNames.KIND, incident.kind().code());
    details.put(JsonNames.SEVERITY, incident.severity().code());
    details.put(JsonNames.SUBJECT, name(incident.subject()));
    details.put(JsonNames.MODEL, name(incident.model()));
    details.put(JsonNames.VERSION, name(incident.version()));
    details.put(JsonNames.OPENED_AT, JsonFields.isoTime(incident.openedAtMillis()));
    details.put(JsonNames.LAST_SEEN_AT, JsonFields.isoTime(incident.lastSeenAtMillis()));
    details.put(JsonNames.ONSET_AT, JsonFields.isoTime(incident.onsetMillis()));
    details.put(JsonNames.FINDINGS, incident.findings());
    details.put(JsonNames.EVENTS, incident.events());
    details.put(JsonNames.LEVEL, incident.level());
    details.put(JsonNames.HOW_SURE, Chance.words(incident.chanceOnceInMillis()));
    details.put(JsonNames.MEMBER_COUNT, incident.memberCount());
    details.put(JsonNames.WHAT_TO_DO, incident.kind().whatToDo());
    details.put(JsonNames.RUNBOOK, incident.kind().runbook());
    ArrayNode techniques = details.putArray(JsonNames.TECHNIQUES);
    incident.techniques().stream().map(Technique::id).forEach(techniques::add);
    return details;
  }

  private static void putPeople(ObjectNode details, Incident incident) {
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    if (acknowledgement != null) {
      ObjectNode node = details.putObject(JsonNames.ACKNOWLEDGEMENT);
      node.put(JsonNames.BY, name(acknowledgement.by()));
      node.put(JsonNames.NOTE, sentence(acknowledgement.note()));
    }
    Judgement judgement = incident.handling().judgement();
    if (judgement != null) {
      ObjectNode node = details.putObject(JsonNames.JUDGEMENT);
      node.put(JsonNames.VERDICT, judgement.verdict().code());
      node.put(JsonNames.BY, name(judgement.by()));
      node.put(JsonNames.NOTE, sentence(judgement.note()));
    }
  }

  private static String name(String text) {
    return Shown.text(text, MOST_NAME);
  }

  private static String sentence(String text) {
    return Shown.text(text, MOST_SENTENCE);
  }
}
