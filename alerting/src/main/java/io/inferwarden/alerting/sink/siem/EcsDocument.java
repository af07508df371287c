package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.Technique;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A notification as an alert of the Elastic Common Schema 9.4.0. What the schema has no field for
 * stands under {@code labels}, all of it text, as {@code labels} asks. No text that is indexed as a
 * keyword is longer than the 1,024 characters up to which it is.
 */
final class EcsDocument {
  /** No document is larger. */
  static final int MAXIMUM_BYTES = 64 * 1024;

  /** How many sentences of evidence are told, the strongest first. */
  private static final int MOST_SENTENCES = 5;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String PRODUCT = "Inferwarden";
  private static final String NAME = "name";
  private static final String ID = "id";

  private EcsDocument() {}

  /** At most {@value #MAXIMUM_BYTES} bytes; see {@link Excerpt} for what is left out first. */
  static byte[] json(Notification notification, DataStream stream) throws DeliveryException {
    return Excerpt.fitting(
        notification.incident(),
        MAXIMUM_BYTES,
        excerpt -> JsonFields.bytes(toTree(notification, excerpt, stream)));
  }

  static ObjectNode toTree(Notification notification, Excerpt excerpt, DataStream stream) {
    Incident incident = excerpt.incident();
    ObjectNode object = JsonFields.newObject();
    object.put("@timestamp", JsonFields.isoTime(ToldAt.millis(notification)));
    object.putObject("ecs").put("version", "9.4.0");
    ObjectNode dataStream = object.putObject("data_stream");
    dataStream.put("type", DataStream.TYPE);
    dataStream.put("dataset", stream.dataset()).put("namespace", stream.namespace());
    object.put("message", incident.title() + " | " + incident.summary());
    putEvent(object.putObject("event"), notification, incident, stream);
    putRule(object.putObject("rule"), incident.kind());
    object
        .putObject("observer")
        .put("vendor", PRODUCT)
        .put("product", PRODUCT)
        .put("type", "anomaly-detection");
    putThreat(object, incident.techniques());
    putModel(object, incident);
    putPrincipals(object, incident);
    putLabels(object.putObject("labels"), notification, excerpt);
    putTags(object.putArray("tags"), incident);
    return object;
  }

  private static void putEvent(
      ObjectNode event, Notification notification, Incident incident, DataStream stream) {
    long began = ToldAt.beganMillis(incident);
    List<Evidence> evidence = incident.evidence();
    event.put("kind", "alert");
    if (!incident.techniques().isEmpty()) {
      event.putArray("category").add("intrusion_detection");
    }
    event.putArray("type").add("info");
    event.put("module", "inferwarden").put("provider", "inferwarden");
    event.put("dataset", stream.dataset());
    event.put("action", incident.change().code());
    event.put("code", incident.kind().code());
    event.put(ID, notification.id());
    event.put("sequence", incident.revision());
    event.put("created", JsonFields.isoTime(notification.createdAtMillis()));
    event.put("start", JsonFields.isoTime(began));
    event.put("end", JsonFields.isoTime(incident.lastSeenAtMillis()));
    event.put("duration", (incident.lastSeenAtMillis() - began) * NANOS_PER_MILLI);
    event.put("severity", severity(incident.severity()));
    event.put("risk_score", (float) severity(incident.severity()));
    event.put("reason", evidence.isEmpty() ? incident.title() : evidence.get(0).sentence());
  }

  /** The numbers that Elastic's rule for alerts of other products maps to its own severities. */
  private static int severity(Severity severity) {
    return switch (severity) {
      case INFO -> 1;
      case LOW -> 21;
      case MEDIUM -> 47;
      case HIGH -> 73;
      case CRITICAL -> 99;
    };
  }

  private static void putRule(ObjectNode rule, IncidentKind kind) {
    rule.put(ID, kind.code()).put(NAME, kind.title());
    rule.put("description", kind.whatToDo());
    rule.put("ruleset", "inferwarden");
  }

  private static void putThreat(ObjectNode object, List<Technique> techniques) {
    Set<String> ids = new LinkedHashSet<>();
    List<String> names = new ArrayList<>();
    List<String> partIds = new ArrayList<>();
    List<String> partNames = new ArrayList<>();
    for (Technique technique : techniques) {
      if (AtlasTechnique.isAtlas(technique)) {
        AtlasTechnique atlas = AtlasTechnique.of(technique);
        ids.add(atlas.id());
        (atlas.isSub() ? partNames : names).add(technique.name());
        if (atlas.isSub()) {
          partIds.add(technique.id());
        }
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    ObjectNode threat = object.putObject("threat").put("framework", "MITRE ATLAS");
    ObjectNode technique = threat.putObject("technique");
    addAll(technique.putArray(ID), ids);
    if (!names.isEmpty()) {
      addAll(technique.putArray(NAME), names);
    }
    if (!partIds.isEmpty()) {
      ObjectNode part = technique.putObject("subtechnique");
      addAll(part.putArray(ID), partIds);
      addAll(part.putArray(NAME), partNames);
    }
  }

  private static void putModel(ObjectNode object, Incident incident) {
    if (!incident.model().equals(Finding.ANY_MODEL)) {
      ObjectNode service = object.putObject("service");
      service.put(NAME, incident.model()).put("type", "ai-model");
      if (!incident.version().isBlank()) {
        service.put("version", incident.version());
      }
    }
  }

  private static void putPrincipals(ObjectNode object, Incident incident) {
    Set<String> principals = new LinkedHashSet<>();
    Subject subject = Subject.of(incident);
    if (subject.isPrincipal()) {
      object.putObject("user").put(ID, subject.name());
      principals.add(subject.name());
    }
    incident.members().forEach(member -> principals.add(member.principal()));
    if (!principals.isEmpty()) {
      addAll(object.putObject("related").putArray("user"), principals);
    }
  }

  private static void putLabels(ObjectNode labels, Notification notification, Excerpt excerpt) {
    Incident incident = excerpt.incident();
    labels.put("incident", incident.id());
    labels.put("severity", incident.severity().code());
    labels.put("state", incident.state().code());
    labels.put("subject", incident.subject());
    labels.put("pages", Boolean.toString(incident.pages()));
    labels.put("level", Double.toString(incident.level()));
    labels.put("how_sure", Chance.words(incident.chanceOnceInMillis()));
    if (incident.chanceOnceInMillis() != Chance.UNKNOWN) {
      labels.put("chance_once_in_millis", Long.toString(incident.chanceOnceInMillis()));
    }
    labels.put("findings", Long.toString(incident.findings()));
    labels.put("events", Long.toString(incident.events()));
    labels.put("member_count", Long.toString(incident.memberCount()));
    labels.put("members_omitted", Integer.toString(excerpt.membersOmitted()));
    if (!incident.techniques().isEmpty()) {
      labels.put(
          "techniques",
          incident.techniques().stream().map(Technique::id).collect(Collectors.joining(", ")));
    }
    labels.put("runbook", incident.kind().runbook());
    labels.put("route", notification.route());
    labels.put("occasion", notification.occasion().code());
    if (!incident.models().isEmpty()) {
      labels.put("model_count", Integer.toString(excerpt.modelCount()));
    }
    putHandling(labels, incident.handling());
    int told = Math.min(MOST_SENTENCES, incident.evidence().size());
    for (int i = 0; i < told; i++) {
      labels.put("evidence_" + (i + 1), incident.evidence().get(i).sentence());
    }
    labels.put("evidence_count", Integer.toString(excerpt.evidenceCount()));
  }

  private static void putHandling(ObjectNode labels, Handling handling) {
    labels.put("reopenings", Integer.toString(handling.reopenings()));
    Acknowledgement acknowledgement = handling.acknowledgement();
    if (acknowledgement != null) {
      labels.put("acknowledged_by", acknowledgement.by());
      labels.put("acknowledgement_note", acknowledgement.note());
    }
    Judgement judgement = handling.judgement();
    if (judgement != null) {
      labels.put("verdict", judgement.verdict().code());
      labels.put("verdict_by", judgement.by());
      labels.put("verdict_note", judgement.note());
    }
  }

  private static void putTags(ArrayNode tags, Incident incident) {
    tags.add("inferwarden");
    if (incident.kind() == IncidentKind.TEST) {
      tags.add("test");
    }
    incident.techniques().stream()
        .filter(AtlasTechnique::isAtlas)
        .map(technique -> "Mitre Atlas: " + AtlasTechnique.of(technique).id())
        .distinct()
        .forEach(tags::add);
  }

  private static void addAll(ArrayNode array, Iterable<String> values) {
    values.forEach(array::add);
  }
}
