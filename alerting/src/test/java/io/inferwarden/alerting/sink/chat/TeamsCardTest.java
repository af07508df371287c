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

class TeamsCardTest {
  private static final URI CONSOLE = URI.create("https://console.example/");

  /** A sign of CommonMark, or of the functions of cards, with no backslash before it. */
  private static final String OBEYED = "(?<!\\\\)(\\\\\\\\)*[\\[\\]*`{}<>~]";

  @Test
  void saysEverythingInACard() {
    Incident incident = ChatExamples.drift();

    JsonNode message = message(Examples.notification(incident));

    assertThat(AdaptiveCardRules.brokenBy(message)).isEmpty();
    JsonNode card = message.at("/attachments/0/content");
    assertThat(texts(card))
        .containsExactly(
            "\\[high\\] Input drift, model fraud-scorer",
            "• age: 31 % of inputs in 44 to 52, where 12 % are usual; median 41 -\\> 47.1 (+6.1);"
                + " total variation 0.24; carries 63 % of the evidence",
            "• gap: 20 % of its queries had a short gap, where 10 % are usual; carries 10 % of the"
                + " evidence",
            "Check the named features at their source; if the change is real and stays, retrain the"
                + " model or promote a new baseline.",
            "Runbook: docs/runbooks/input-drift.md");
    assertThat(card.at("/body/1/facts").findValuesAsText("title"))
        .containsExactly("Severity", "Kind", "Who", "State", "Since", "How sure", "Incident");
    assertThat(card.at("/body/1/facts").findValuesAsText("value"))
        .containsExactly(
            "high",
            "input_drift",
            "model fraud-scorer",
            "open",
            "2026-03-02 12:32 UTC, 1.5 hours before the alarm, after 4,100 queries",
            "chance alone would do this once in 3.2 years",
            incident.id() + ", revision 1");
    assertThat(card.at("/body/0/color").asText()).isEqualTo("Attention");
    assertThat(card.at("/actions/0/url").asText())
        .isEqualTo("https://console.example/incidents/" + incident.id());
  }

  @Test
  void turnsGreenWhenItIsOver() {
    JsonNode card =
        message(Examples.notification(ChatExamples.resolved())).at("/attachments/0/content");

    assertThat(card.at("/body/0/color").asText()).isEqualTo("Good");
    assertThat(card.at("/body/0/text").asText()).startsWith("\\[high\\] Resolved: Input drift");
  }

  @Test
  void hasNoActionWithoutAConsole() {
    byte[] body = TeamsCard.of(Examples.notification(ChatExamples.drift()), null);

    assertThat(AdaptiveCardRules.brokenBy(JsonFields.parse(body))).isEmpty();
    assertThat(JsonFields.parse(body).at("/attachments/0/content").has("actions")).isFalse();
  }

  @Test
  void leavesNothingFromOutsideThatACardWouldObey() {
    JsonNode message = message(ChatExamples.filledWith(ChatExamples.HOSTILE));

    assertThat(AdaptiveCardRules.brokenBy(message)).isEmpty();
    JsonNode card = message.at("/attachments/0/content");
    List<String> all = texts(card);
    all.addAll(card.findValuesAsText("value"));
    assertThat(all)
        .hasSizeGreaterThan(12)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContainPattern(OBEYED)
                    .doesNotContain("://")
                    .doesNotContain("www.")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
  }

  @Test
  void escapesWhatWouldBeginAListOnlyWhereItWould() {
    assertThat(MarkdownText.of("- a - b", 99)).isEqualTo("\\- a - b");
    assertThat(MarkdownText.of("1. a 2.5", 99)).isEqualTo("1\\. a 2.5");
    assertThat(MarkdownText.of("2) a (b)", 99)).isEqualTo("2\\) a (b)");
    assertThat(MarkdownText.of("input_drift _a_", 99)).isEqualTo("input_drift \\_a\\_");
    assertThat(MarkdownText.of("a*b", 3)).isEqualTo("a…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&", "\"", "漢", "😀", "\u0000", "x", " y", "\\", "_", "\u007f"})
  void staysWithinTheLimitWhateverItSays(String unit) {
    byte[] body = TeamsCard.of(ChatExamples.filledWith(unit.repeat(3000)), CONSOLE);

    assertThat(body).hasSizeLessThanOrEqualTo(TeamsCard.MOST_BYTES);
    assertThat(AdaptiveCardRules.brokenBy(JsonFields.parse(body))).isEmpty();
  }

  private static JsonNode message(Notification notification) {
    return JsonFields.parse(TeamsCard.of(notification, CONSOLE));
  }

  private static List<String> texts(JsonNode card) {
    return new ArrayList<>(card.path("body").findValuesAsText("text"));
  }
}
