package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Technique;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.util.Set;
import java.util.TreeSet;

/**
 * A notification as a Detection Finding (class 2004) of the Open Cybersecurity Schema Framework
 * 1.8.0. All findings with the same {@code finding_info.uid}, the incident's id, are one: {@code
 * metadata.sequence}, the revision, says which is the latest, and {@code metadata.uid}, the
 * notification's id, is the same on every attempt.
 */
final class OcsfFinding {
  /** No finding is larger: a quarter of what Kafka takes by default. */
  static final int MAXIMUM_BYTES = 256 * 1024;

  static final String FINDING_INFO = "finding_info";
  static final String METADATA = "metadata";
  static final String UID = "uid";
  static final String SEQUENCE = "sequence";

  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String DESC = "desc";
  private static final int CLASS = 2004;
  private static final int ROLE_ACTOR = 2;
  private static final int ROLE_AFFECTED = 3;
  private static final int OBSERVABLE_OTHER = 99;

  private OcsfFinding() {}

  /** At most {@value #MAXIMUM_BYTES} bytes; see {@link Excerpt} for what is left out first. */
  static byte[] json(Notification notification) throws DeliveryException {
    return Excerpt.fitting(
        notification.incident(),
        MAXIMUM_BYTES,
        excerpt -> JsonFields.bytes(toTree(notification, excerpt)));
  }

  static ObjectNode toTree(Notification notification, Excerpt excerpt) {
    Incident incident = excerpt.incident();
    ObjectNode object = JsonFields.newObject();
    object.put("class_uid", CLASS).put("class_name", "Detection Finding");
    object.put("category_uid", 2).put("category_name", "Findings");
    OcsfActivity.put(object, notification);
    object.put("time", ToldAt.millis(notification));
    object.put("start_time", ToldAt.beganMillis(incident));
    object.put("end_time", incident.lastSeenAtMillis());
    object.put("count", Math.min(incident.findings(), Integer.MAX_VALUE));
    object.put("message", incident.title());
    putConfidence(object, incident.chanceOnceInMillis());
    putPeople(object, incident);
    putMetadata(object.putObject(METADATA), notification, excerpt);
    putFindingInfo(object.putObject(FINDING_INFO), notification, incident);
    OcsfAnomalies.put(object, incident);
    putResources(object, incident);
    ObjectNode remediation = object.putObject("remediation");
    remediation.put(DESC, incident.kind().whatToDo());
    remediation.putArray("references").add(incident.kind().runbook());
    putUnmapped(object.putObject("unmapped"), notification, excerpt);
    return object;
  }

  private static void putMetadata(ObjectNode metadata, Notification notification, Excerpt excerpt) {
    Incident incident = excerpt.incident();
    metadata.put("version", "1.8.0");
    ObjectNode product = metadata.putObject("product");
    product.put(NAME, "Inferwarden").put("vendor_name", "Inferwarden");
    product.putObject("feature").put(UID, incident.kind().code());
    metadata.put(UID, notification.id());
    metadata.put(SEQUENCE, incident.revision());
    metadata.put("event_code", incident.kind().code());
    metadata.put("log_name", "inferwarden.alerts");
    metadata.put("logged_time", notification.createdAtMillis());
    metadata.put("is_truncated", excerpt.isTruncated());
    metadata.putArray("profiles").add("incident");
  }

  private static void putFindingInfo(
      ObjectNode info, Notification notification, Incident incident) {
    IncidentKind kind = incident.kind();
    info.put(UID, incident.id());
    info.put("title", incident.title());
    info.put(DESC, incident.summary());
    info.putArray("types").add(kind.code());
    info.put("created_time", incident.openedAtMillis());
    info.put("modified_time", ToldAt.millis(notification));
    info.put("first_seen_time", ToldAt.beganMillis(incident));
    info.put("last_seen_time", incident.lastSeenAtMillis());
    OcsfAnalytic.of(kind).put(info.putObject("analytic"), kind);
    ArrayNode attacks = JsonFields.newObject().arrayNode();
    for (Technique technique : incident.techniques()) {
      if (AtlasTechnique.isAtlas(technique)) {
        putAttack(attacks.addObject(), technique);
      }
    }
    if (!attacks.isEmpty()) {
      info.set("attacks", attacks);
    }
  }

  private static void putAttack(ObjectNode attack, Technique technique) {
    AtlasTechnique atlas = AtlasTechnique.of(technique);
    ObjectNode node = attack.putObject("technique").put(UID, atlas.id());
    if (!atlas.isSub()) {
      node.put(NAME, technique.name());
    } else {
      attack.putObject("sub_technique").put(UID, technique.id()).put(NAME, technique.name());
    }
    attack.put("version", technique.edition());
  }

  /** How seldom chance alone does this, in the three words that the class has. */
  private static void putConfidence(ObjectNode object, long chanceOnceInMillis) {
    if (chanceOnceInMillis == Chance.UNKNOWN) {
      object.put("confidence_id", 0).put("confidence", "Unknown");
    } else if (chanceOnceInMillis >= 365L * 24 * 3_600_000) {
      object.put("confidence_id", 3).put("confidence", "High");
    } else if (chanceOnceInMillis >= 30L * 24 * 3_600_000) {
      object.put("confidence_id", 2).put("confidence", "Medium");
    } else {
      object.put("confidence_id", 1).put("confidence", "Low");
    }
  }

  private static void putPeople(ObjectNode object, Incident incident) {
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    if (acknowledgement != null) {
      object.putObject("assignee").put(NAME, acknowledgement.by());
    }
    Judgement judgement = incident.handling().judgement();
    String comment =
        judgement != null
            ? judgement.note()
            : acknowledgement != null ? acknowledgement.note() : "";
    if (!comment.isBlank()) {
      object.put("comment", comment);
    }
  }

  /** The models it concerns, whom it is about, and the members of a campaign. */
  private static void putResources(ObjectNode object, Incident incident) {
    ArrayNode resources = object.putArray("resources");
    ArrayNode observables = object.putArray("observables");
    Set<String> models = new TreeSet<>(incident.models());
    models.add(incident.model());
    models.remove(Finding.ANY_MODEL);
    for (String model : models) {
      ObjectNode resource = resources.addObject();
      resource.put(NAME, model).put(TYPE, "model");
      resource.put("role_id", ROLE_AFFECTED).put("role", "Affected");
      if (model.equals(incident.model()) && !incident.version().isBlank()) {
        resource.put("version", incident.version());
      }
      putObservable(observables, "model", model);
    }
    boolean accuses = incident.kind().accuses();
    Subject subject = Subject.of(incident);
    if (!subject.isModel()) {
      ObjectNode resource = resources.addObject();
      resource.put(NAME, subject.name()).put(TYPE, subject.type());
      putRole(resource, accuses);
      putObservable(observables, subject.type(), subject.name());
    }
    for (Member member : incident.members()) {
      ObjectNode resource = resources.addObject();
      resource.put(NAME, member.principal()).put(TYPE, "principal");
      putRole(resource, accuses);
      ObjectNode data = resource.putObject("data");
      data.put("since_time", member.sinceMillis()).put("events", member.events());
      JsonFields.putNumberOrNull(data, "confidence", member.confidence());
      putObservable(observables, "principal", member.principal());
    }
  }

  private static void putRole(ObjectNode resource, boolean accuses) {
    resource.put("role_id", accuses ? ROLE_ACTOR : ROLE_AFFECTED);
    resource.put("role", accuses ? "Actor" : "Affected");
  }

  private static void putObservable(ArrayNode observables, String type, String value) {
    observables
        .addObject()
        .put(NAME, "resources[].name")
        .put("type_id", OBSERVABLE_OTHER)
        .put(TYPE, type)
        .put("value", value);
  }

  private static void putUnmapped(ObjectNode unmapped, Notification notification, Excerpt excerpt) {
    Incident incident = excerpt.incident();
    unmapped.put("subject", incident.subject());
    unmapped.put("state", incident.state().code());
    unmapped.put("is_blind", incident.state() == IncidentState.BLIND);
    unmapped.put("change", incident.change().code());
    unmapped.put("pages", incident.pages());
    unmapped.put("events", incident.events());
    unmapped.put("level", incident.level());
    long chance = incident.chanceOnceInMillis();
    unmapped.put("chance_once_in_millis", chance == Chance.UNKNOWN ? null : (Long) chance);
    unmapped.put("how_sure", Chance.words(chance));
    unmapped.put("reopenings", incident.handling().reopenings());
    unmapped.put("member_count", incident.memberCount());
    unmapped.put("route", notification.route());
    unmapped.put("occasion", notification.occasion().code());
    ArrayNode techniques = unmapped.putArray("techniques");
    for (Technique technique : incident.techniques()) {
      if (!AtlasTechnique.isAtlas(technique)) {
        techniques.add(technique.framework() + " " + technique.edition() + " " + technique.id());
      }
    }
    unmapped.put("models_omitted", excerpt.modelsOmitted());
    unmapped.put("members_omitted", excerpt.membersOmitted());
    unmapped.put("histograms_omitted", excerpt.histogramsOmitted());
    unmapped.put("evidence_omitted", excerpt.evidenceOmitted());
  }
}
