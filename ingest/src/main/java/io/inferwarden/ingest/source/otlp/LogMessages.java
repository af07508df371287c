package io.inferwarden.ingest.source.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Log records of single messages, gathered by the span that they belong to. */
final class LogMessages {
  private final Map<String, Conversation> conversations = new LinkedHashMap<>();

  private static final class Conversation {
    final int position;
    final OtlpLog first;
    final List<OtlpEvent> messages = new ArrayList<>();

    Conversation(int position, OtlpLog first) {
      this.position = position;
      this.first = first;
    }
  }

  /** Takes a record that has been found at this position. */
  void add(String spanKey, int position, OtlpLog message) {
    conversations
        .computeIfAbsent(spanKey, key -> new Conversation(position, message))
        .messages
        .add(message.event());
  }

  /** Makes events of the conversations whose model is named, at the position of their first. */
  void resolve(InferenceMapping mapping, List<Finding> findings) {
    Set<String> told =
        findings.stream()
            .filter(finding -> finding.event() != null)
            .map(Finding::spanKey)
            .collect(Collectors.toSet());
    for (Map.Entry<String, Conversation> entry : conversations.entrySet()) {
      Conversation conversation = entry.getValue();
      for (OtlpEvent message : conversation.messages) {
        if (!told.contains(entry.getKey()) && namesModel(message.attributes())) {
          String place = findings.get(conversation.position).place();
          findings.set(
              conversation.position,
              resolved(mapping, place, entry.getKey(), conversation, message));
          break;
        }
      }
    }
  }

  private static Finding resolved(
      InferenceMapping mapping,
      String place,
      String spanKey,
      Conversation conversation,
      OtlpEvent telling) {
    try {
      return Finding.event(
          place,
          spanKey,
          mapping.event(
              conversation.first, telling.attributes(), conversation.messages, GenAiKind.GENERATE));
    } catch (UnreadableRecordException incomplete) {
      return Finding.rejected(place, incomplete.why());
    }
  }

  private static boolean namesModel(Attributes attributes) {
    return attributes.hasAny(GenAiNames.REQUEST_MODEL)
        || attributes.hasAny(GenAiNames.RESPONSE_MODEL);
  }
}
