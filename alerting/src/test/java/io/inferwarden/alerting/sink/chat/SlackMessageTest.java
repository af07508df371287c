package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.Notification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackMessageTest {
  private static final URI CONSOLE = URI.create("https://console.example/ui");

  @Test
  void saysEverythingInBlocks() {
    Incident incident = ChatExamples.drift();

    JsonNode message = message(Examples.notification(incident));

    assertThat(SlackRules.brokenBy(message)).isEmpty();
    assertThat(message.path("text").asText())
        .isEqualTo(
            "[high] Input drift, model fraud-scorer | State: open | Since: 2026-03-02 12:32 UTC, 1.5"
                + " hours before the alarm, after 4,100 queries | Incident: "
                + incident.id()
                + ", revision 1");
    assertThat(texts(message))
        .containsExactly(
            "[high] Input drift, model fraud-scorer",
            "*Severity*",
            "high",
            "*Kind*",
            "input_drift",
            "*Who*",
            "model fraud-scorer",
            "*State*",
            "open",
            "*Since*",
            "2026-03-02 12:32 UTC, 1.5 hours before the alarm, after 4,100 queries",
            "*How sure*",
            "chance alone would do this once in 3.2 years",
            "*Incident*",
            incident.id() + ", revision 1",
            "• age: 31 % of inputs in 44 to 52, where 12 % are usual; median 41 -&gt; 47.1 (+6.1);"
                + " total variation 0.24; carries 63 % of the evidence\n"
                + "• gap: 20 % of its queries had a short gap, where 10 % are usual; carries 10 % of"
                + " the evidence",
            "Check the named features at their source; if the change is real and stays, retrain the"
                + " model or promote a new baseline.",
            "Runbook: docs/runbooks/input-drift.md",
            "Open the incident");
    assertThat(message.at("/blocks/6/elements/0/url").asText())
        .isEqualTo("https://console.example/ui/incidents/" + incident.id());
  }

  @Test
  void hasNoButtonWithoutAConsole() {
    byte[] body = SlackMessage.of(Examples.notification(ChatExamples.drift()), null);

    JsonNode message = JsonFields.parse(body);

    assertThat(SlackRules.brokenBy(message)).isEmpty();
    assertThat(message.toString()).doesNotContain("actions").doesNotContain("url");
  }

  @Test
  void leavesNothingFromOutsideThatSlackWouldObey() {
    JsonNode message = message(ChatExamples.filledWith(ChatExamples.HOSTILE));

    assertThat(SlackRules.brokenBy(message)).isEmpty();
    List<JsonNode> formatted =
        message.findParents("type").stream()
            .filter(node -> node.path("type").asText().equals("mrkdwn"))
            .toList();
    assertThat(formatted)
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.path("text").asText()).matches("\\*[A-Z][a-z ]+\\*"));
    assertThat(message.path("mrkdwn").asBoolean()).isFalse();
    assertThat(message.toString()).doesNotContain("\"emoji\":true");
    assertThat(texts(message))
        .allSatisfy(
            text ->
                assertThat(text.replace("\n• ", ""))
                    .doesNotContain("://")
                    .doesNotContain("www.")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
    assertThat(texts(message).get(0))
        .contains("&lt;!channel&gt; &lt;http[:]//evil.example|pay&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&", "<", "漢", "😀", "\u0000", "x", " y", "\\", "\""})
  void staysWithinTheLimitsWhateverItSays(String unit) {
    JsonNode message = message(ChatExamples.filledWith(unit.repeat(3000)));

    assertThat(SlackRules.brokenBy(message)).isEmpty();
  }

  @Test
  void showsTenIncidentsOfADigest() {
    JsonNode message = message(ChatExamples.digest(12));

    assertThat(SlackRules.brokenBy(message)).isEmpty();
    assertThat(texts(message))
        .anySatisfy(text -> assertThat(text).contains("• w9: ").endsWith("• and 2 weaker reasons"));
  }

  @Test
  void cutsBetweenEntitiesAndCharacters() {
    assertThat(SlackText.of("a<b", 6)).isEqualTo("a&lt;b");
    assertThat(SlackText.of("a<b", 5)).isEqualTo("a…");
    assertThat(SlackText.of("a<b&", 6)).isEqualTo("a&lt;…");
    assertThat(SlackText.of("😀😀", 3)).isEqualTo("😀…");
  }

  private static JsonNode message(Notification notification) {
    return JsonFields.parse(SlackMessage.of(notification, CONSOLE));
  }

  /** All texts of the blocks, in their order. */
  private static List<String> texts(JsonNode message) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : message.path("blocks").findValues("text")) {
      collect(text, texts);
    }
    return texts;
  }

  private static void collect(JsonNode text, List<String> texts) {
    texts.add(text.isTextual() ? text.asText() : text.path("text").asText());
  }
}
