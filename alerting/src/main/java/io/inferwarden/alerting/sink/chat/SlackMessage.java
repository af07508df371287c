package io.inferwarden.alerting.sink.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.Notification;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for an incoming webhook of Slack, made of Block Kit blocks: a header, the facts in two
 * columns, the reasons, what to do, and a button where there is a console to link to.
 *
 * <p>Whatever came from outside stands in {@code plain_text} objects, in which Slack knows no
 * formatting, no mentions and no links; {@code mrkdwn} objects hold the platform's own words alone.
 * The header's {@code block_id} is the notification's id. The parts are cut so that all texts
 * together stay below {@value #MOST_CHARACTERS} characters.
 */
final class SlackMessage {
  /**
   * Slack refuses somewhat more than 11,000 ({@code msg_blocks_too_long}) and documents nothing.
   */
  static final int MOST_CHARACTERS = 9_000;

  private static final int HEADER_CHARACTERS = 150;
  private static final int FALLBACK_CHARACTERS = 600;
  private static final int VALUE_CHARACTERS = 500;
  private static final int REASONS_CHARACTERS = 2_800;
  private static final int OWN_CHARACTERS = 500;

  /** A section takes ten fields, and each fact needs two. */
  private static final int FACTS_OF_A_SECTION = 5;

  private SlackMessage() {}

  /** The body to post. */
  static byte[] of(Notification notification, @Nullable URI linkBase) {
    return JsonFields.bytes(tree(notification.id(), IncidentStory.of(notification, linkBase)));
  }

  private static ObjectNode tree(String id, IncidentStory story) {
    ObjectNode message = JsonFields.newObject();
    message.put("text", SlackText.of(fallback(story), FALLBACK_CHARACTERS));
    message.put("mrkdwn", false);
    ArrayNode blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header").put("block_id", id);
    plain(header.putObject("text"), SlackText.of(story.headline(), HEADER_CHARACTERS));
    addFacts(blocks, story.facts());
    if (!story.reasons().isEmpty()) {
      ObjectNode reasons = blocks.addObject().put("type", "section");
      plain(reasons.putObject("text"), reasons(story.reasons()));
    }
    ObjectNode whatToDo = blocks.addObject().put("type", "section");
    plain(whatToDo.putObject("text"), SlackText.of(story.whatToDo(), OWN_CHARACTERS));
    ObjectNode context = blocks.addObject().put("type", "context");
    String runbook = "Runbook: " + story.runbook();
    plain(context.putArray("elements").addObject(), SlackText.of(runbook, OWN_CHARACTERS));
    addLink(blocks, story.link());
    return message;
  }

  /** What a notification on a telephone shows, and a client that knows no blocks. */
  private static String fallback(IncidentStory story) {
    StringBuilder text = new StringBuilder(story.headline());
    for (Fact fact : story.only(List.of(Fact.STATE, Fact.SINCE, Fact.INCIDENT))) {
      text.append(" | ").append(fact.name()).append(": ").append(fact.value());
    }
    return text.toString();
  }

  private static void addFacts(ArrayNode blocks, List<Fact> facts) {
    for (int from = 0; from < facts.size(); from += FACTS_OF_A_SECTION) {
      ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
      for (Fact fact : facts.subList(from, Math.min(facts.size(), from + FACTS_OF_A_SECTION))) {
        fields.addObject().put("type", "mrkdwn").put("text", "*" + fact.name() + "*");
        plain(fields.addObject(), SlackText.of(fact.value(), VALUE_CHARACTERS));
      }
    }
  }

  private static String reasons(List<String> reasons) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < reasons.size(); i++) {
      text.append(i == 0 ? "• " : "\n• ").append(reasons.get(i));
    }
    return SlackText.of(text.toString(), REASONS_CHARACTERS);
  }

  private static void addLink(ArrayNode blocks, @Nullable URI link) {
    if (link == null) {
      return;
    }
    ObjectNode button = blocks.addObject().put("type", "actions").putArray("elements").addObject();
    button.put("type", "button").put("action_id", "open_incident").put("url", link.toString());
    plain(button.putObject("text"), "Open the incident");
  }

  /** Without {@code emoji}, names between colons would become pictures. */
  private static void plain(ObjectNode object, String escaped) {
    object.put("type", "plain_text").put("text", escaped).put("emoji", false);
  }
}
