package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares two events in everything that they say. */
final class SameEvent {
  private SameEvent() {}

  static void assertSame(InferenceEvent actual, InferenceEvent expected) {
    assertThat(values(actual)).isEqualTo(values(expected));
  }

  /** Compares them also in what the binary form leaves out: what only the door measures. */
  static void assertSameAtDoor(InferenceEvent actual, InferenceEvent expected) {
    assertSame(actual, expected);
    assertThat(doorValues(actual.inputText())).isEqualTo(doorValues(expected.inputText()));
    assertThat(doorValues(actual.outputText())).isEqualTo(doorValues(expected.outputText()));
  }

  private static List<Object> doorValues(TextMeasures text) {
    List<Object> values = new ArrayList<>();
    for (CharacterClass characterClass : CharacterClass.values()) {
      values.add(text.characters(characterClass));
    }
    for (TextPattern pattern : TextPattern.values()) {
      values.add(text.patterns(pattern));
    }
    values.addAll(List.of(text.canaries(), text.simHash(), text.template(), text.lexicon()));
    return values;
  }

  static List<Object> values(InferenceEvent event) {
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                event.id(),
                event.timeMillis(),
                event.model(),
                event.version(),
                event.digest(),
                event.principal(),
                event.org(),
                event.ip(),
                event.network(),
                event.operation(),
                event.status(),
                event.latencyMillis(),
                event.guard(),
                event.inputTextLength(),
                event.inputTokens(),
                event.fingerprint(),
                event.label(),
                event.value(),
                event.outputTextLength(),
                event.outputTokens(),
                event.finishReason(),
                event.features().fingerprint()));
    for (int i = 0; i < event.features().size(); i++) {
      values.add(event.features().name(i));
      values.add(event.features().number(i));
      values.add(event.features().word(i));
    }
    for (int i = 0; i < event.embedding().size(); i++) {
      values.add(event.embedding().value(i));
    }
    for (int i = 0; i < event.scores().size(); i++) {
      values.add(event.scores().label(i));
      values.add(event.scores().value(i));
    }
    addText(values, event.inputText());
    addText(values, event.outputText());
    return values;
  }

  private static void addText(List<Object> values, TextMeasures text) {
    values.add(text.isPresent());
    for (TextCount count : TextCount.values()) {
      values.add(text.count(count));
    }
    values.addAll(List.of(text.opening(), text.first(), text.ending(), text.fingerprint()));
    values.addAll(
        List.of(
            text.tactics(),
            text.headFingerprint(),
            text.tailFingerprint(),
            text.lineFingerprint()));
    for (int i = 0; i < text.bucketCount(); i++) {
      values.add(text.bucket(i));
    }
  }
}
