package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.door.Client;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feedback v1: what the right label of an event is, or what somebody thought of its answer.
 * The event is named by its id, or by principal, model and time. Free text is not taken.
 */
final class FeedbackFormat implements CompanionIntake.Format {
  static final SortedSet<String> VERDICTS =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(List.of("correct", "wrong", "harmful", "unhelpful", "refused")));

  private final String topic;
  private final CompanionNames names;
  private final ObjectMapper mapper;

  FeedbackFormat(String topic, CompanionNames names, ObjectMapper mapper) {
    this.topic = topic;
    this.names = names;
    this.mapper = mapper;
  }

  @Override
  public Companion read(CompanionFields fields, Client client, long nowMillis)
      throws RejectedCompanion {
    ObjectNode feedback = mapper.createObjectNode();
    String given = fields.optional("id", CompanionFields.IDENTIFIER);
    String id = given == null ? null : names.eventId(client, given);
    String key = id == null ? putSubject(fields, client, nowMillis, feedback) : id;
    if (id != null) {
      feedback.put("id", id);
      putModel(fields.optional("model", CompanionFields.IDENTIFIER), client, feedback);
    }
    String label = fields.optional("label", CompanionFields.IDENTIFIER);
    String verdict = fields.oneOf("verdict", VERDICTS);
    if (label == null && verdict == null) {
      throw fields.missing("verdict", "a label, a verdict or both");
    }
    CompanionJson.put(feedback, "label", label);
    CompanionJson.put(feedback, "verdict", verdict);
    String by = fields.optional("by", CompanionFields.IDENTIFIER);
    CompanionJson.put(feedback, "by", by == null ? null : names.pseudonym(client, by, nowMillis));
    feedback.put("at", fields.has("at") ? fields.requiredTime("at", nowMillis) : nowMillis);
    CompanionJson.putOrigin(feedback, client, nowMillis);
    return new Companion(topic, key, CompanionJson.bytes(mapper, feedback));
  }

  /** Names the event by whom, what and when; gives the pseudonym of the principal. */
  private String putSubject(
      CompanionFields fields, Client client, long nowMillis, ObjectNode feedback)
      throws RejectedCompanion {
    if (!fields.has("principal")) {
      throw fields.missing("id", "the id of an event, or principal, model and time");
    }
    String principal = names.pseudonym(client, fields.required("principal"), nowMillis);
    feedback.put("principal", principal);
    putModel(fields.required("model"), client, feedback);
    feedback.put("time", fields.requiredTime("time", nowMillis));
    return principal;
  }

  private static void putModel(@Nullable String model, Client client, ObjectNode feedback)
      throws RejectedCompanion {
    if (model != null) {
      AllowedModels.check(client, model);
      feedback.put("model", model);
    }
  }
}
