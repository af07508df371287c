package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.ingest.source.EventFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares with {@code measures.py}, the reference of what is measured of a text, by values that
 * {@code src/test/python/text_reference_values.py} wrote. Words in other alphabets than a to z are
 * not compared: there they are runs, in the reference single characters.
 */
class TacticReferenceTest {
  private static JsonNode rows;

  private final TextScanner scanner = new TextScanner();
  private final TextMeasures measures = new TextMeasures();

  @BeforeAll
  static void readValues() throws IOException {
    try (InputStream values =
        TacticReferenceTest.class.getResourceAsStream("text-reference-values.json")) {
      rows = new ObjectMapper().readTree(values);
    }
  }

  @Test
  void findsTheTacticsThatTheReferenceFinds() {
    assertThat(rows.size()).isGreaterThan(700);

    for (JsonNode row : rows) {
      String text = row.get("text").asText();
      scan(text);
      assertThat(measures.tactics()).as(text).isEqualTo(row.get("tactics").asInt());
    }
  }

  @Test
  void measuresTheVarietyThatTheReferenceMeasures() {
    for (JsonNode row : rows) {
      String text = row.get("text").asText();
      if (isAscii(text)) {
        scan(text);
        double words = Math.max(1, measures.count(TextCount.WORDS));
        assertThat(measures.count(TextCount.DISTINCT_WORDS) / words)
            .as(text)
            .isEqualTo(row.get("variety").asDouble(), within(1e-12));
      }
    }
  }

  @Test
  void headsTailsAndLastLinesAreEqualWhereThoseOfTheReferenceAre() {
    assertSameClasses("head", TextMeasures::headFingerprint);
    assertSameClasses("tail", TextMeasures::tailFingerprint);
    assertSameClasses("line", TextMeasures::lineFingerprint);
  }

  /** Counted by the reference, {@code TACTICS} on inputs and outputs of the whole trace. */
  @Test
  void findsAsManyTacticsInARecordedTraceAsTheReference() throws IOException {
    Path trace =
        Path.of(
            System.getProperty("inferwarden.shared", ""), "traces", "llm-conv-24h-s52.jsonl.gz");
    assumeTrue(Files.exists(trace), "the traces are not there");
    EventParser parser = new EventParser();
    InferenceEvent event = new InferenceEvent();
    Map<TextTactic, Integer> found = new EnumMap<>(TextTactic.class);

    try (EventFileReader reader = EventFileReader.open(trace)) {
      while (reader.next()) {
        parser.parse(reader.line(), reader.offset(), reader.length(), Long.MAX_VALUE, event);
        count(event.inputText(), found);
        count(event.outputText(), found);
      }
    }

    assertThat(found)
        .containsEntry(TextTactic.OVERRIDE, 123)
        .containsEntry(TextTactic.PERSONA, 551)
        .containsEntry(TextTactic.UNBOUND, 422)
        .containsEntry(TextTactic.REFUSAL_TALK, 538)
        .containsEntry(TextTactic.HARM, 458)
        .containsEntry(TextTactic.SYSTEM_PROMPT, 156)
        .containsEntry(TextTactic.MEMORY, 1348)
        .containsEntry(TextTactic.ENCODING, 56);
  }

  private static void count(TextMeasures text, Map<TextTactic, Integer> found) {
    for (TextTactic tactic : TextTactic.values()) {
      if (tactic.isIn(text.tactics())) {
        found.merge(tactic, 1, Integer::sum);
      }
    }
  }

  private void assertSameClasses(String name, ToLongFunction<TextMeasures> fingerprint) {
    Map<Long, Long> ours = new HashMap<>(Map.of(0L, 0L));
    Map<Long, Long> theirs = new HashMap<>(Map.of(0L, 0L));
    for (JsonNode row : rows) {
      String text = row.get("text").asText();
      if (isAscii(text)) {
        scan(text);
        long our = fingerprint.applyAsLong(measures);
        long their = row.get(name).asLong();
        assertThat(ours.computeIfAbsent(their, each -> our)).as(text).isEqualTo(our);
        assertThat(theirs.computeIfAbsent(our, each -> their)).as(text).isEqualTo(their);
      }
    }
    assertThat(ours).hasSizeGreaterThan(100);
  }

  private void scan(String text) {
    scanner.scan(text.toCharArray(), 0, text.length(), measures);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 128);
  }
}
