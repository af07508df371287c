package io.inferwarden.alerting.sink.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Technique;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An incident as an alert of Alertmanager.
 *
 * <p>Its labels are its identity: an alert with another label is another alert, and the former goes
 * on until it expires. So they hold only what never changes in the life of an incident: {@code
 * alertname}, {@code incident}, {@code subject} and {@code model}. All kinds of abuse share the
 * alert name {@code InferwardenModelAbuse}, for abuse may get a clearer name in time; every other
 * kind has its own, such as {@code InferwardenInputDrift}. What may change, the severity too, is an
 * annotation.
 */
final class AlertmanagerAlert {
  private static final String PREFIX = "Inferwarden";
  private static final Set<String> OWN_LABELS = Set.of("alertname", "incident", "subject", "model");

  private static final int MOST_LABEL = 500;
  private static final int MOST_ANNOTATION = 2_000;
  private static final int MOST_NAMED = 20;

  private static final DateTimeFormatter ISO_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private AlertmanagerAlert() {}

  /**
   * The array of one alert that the API takes.
   *
   * @param now from when an open incident is valid, and when one that is over has ended at the
   *     latest: Alertmanager goes by its clock, which may differ from that of the events
   */
  static byte[] body(Incident incident, Instant now, Duration validity, Map<String, String> more) {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    ObjectNode alert = alerts.addObject();
    putAll(alert.putObject("labels"), labels(incident, more));
    putAll(alert.putObject("annotations"), annotations(incident));
    Instant startsAt = earlier(Instant.ofEpochMilli(incident.openedAtMillis()), now.minusMillis(1));
    alert.put("startsAt", ISO_MILLIS.format(startsAt));
    alert.put("endsAt", ISO_MILLIS.format(incident.isOpen() ? now.plus(validity) : now));
    return alerts.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the labels when Alertmanager and this sink can take them. */
  static Map<String, String> checkedLabels(Map<String, String> labels) {
    labels.forEach(
        (name, value) -> {
          if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
            throw new IllegalArgumentException(
                "label must be of letters, digits and '_', was " + name);
          }
          if (OWN_LABELS.contains(name)) {
            throw new IllegalArgumentException("label must not be one of its own, was " + name);
          }
          if (value.isBlank()) {
            throw new IllegalArgumentException("label " + name + " must not be blank");
          }
        });
    return Map.copyOf(labels);
  }

  static String alertName(IncidentKind kind) {
    if (kind.accuses()) {
      return PREFIX + "ModelAbuse";
    }
    StringBuilder name = new StringBuilder(PREFIX);
    for (String word : kind.code().split("_", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  private static Map<String, String> labels(Incident incident, Map<String, String> more) {
    Map<String, String> labels = new TreeMap<>(more);
    labels.put("alertname", alertName(incident.kind()));
    labels.put("incident", incident.id());
    labels.put("subject", Shown.text(incident.subject(), MOST_LABEL));
    labels.put("model", Shown.text(incident.model(), MOST_LABEL));
    return labels;
  }

  private static Map<String, String> annotations(Incident incident) {
    Map<String, String> texts = new TreeMap<>();
    texts.put(JsonNames.SUMMARY, incident.title());
    texts.put(JsonNames.DESCRIPTION, incident.summary());
    texts.put(JsonNames.KIND, incident.kind().code());
    texts.put(JsonNames.SEVERITY, incident.severity().code());
    texts.put(JsonNames.STATE, incident.state().code());
    texts.put(JsonNames.CHANGE, incident.change().code());
    texts.put(JsonNames.REVISION, Long.toString(incident.revision()));
    texts.put(JsonNames.VERSION, incident.version());
    texts.put(JsonNames.LEVEL, Double.toString(incident.level()));
    texts.put("how_sure", Chance.words(incident.chanceOnceInMillis()));
    texts.put("what_to_do", incident.kind().whatToDo());
    texts.put(JsonNames.RUNBOOK, incident.kind().runbook());
    texts.put(
        JsonNames.EVIDENCE,
        incident.evidence().stream()
            .limit(MOST_NAMED)
            .map(Evidence::sentence)
            .collect(Collectors.joining("; ")));
    if (!incident.techniques().isEmpty()) {
      texts.put(
          JsonNames.TECHNIQUES,
          incident.techniques().stream().map(Technique::id).collect(Collectors.joining(", ")));
    }
    if (incident.memberCount() > 0) {
      texts.put("member_count", Long.toString(incident.memberCount()));
      texts.put(
          JsonNames.MEMBERS,
          incident.members().stream()
              .limit(MOST_NAMED)
              .map(Member::principal)
              .collect(Collectors.joining(", ")));
    }
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    if (acknowledgement != null) {
      texts.put("acknowledged_by", acknowledgement.by());
    }
    Judgement judgement = incident.handling().judgement();
    if (judgement != null) {
      texts.put(JsonNames.VERDICT, judgement.verdict().code());
    }
    texts.replaceAll((name, text) -> Shown.text(text, MOST_ANNOTATION));
    return texts;
  }

  private static void putAll(ObjectNode object, Map<String, String> texts) {
    texts.forEach(
        (name, text) -> {
          if (!text.isEmpty()) {
            object.put(name, text);
          }
        });
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
