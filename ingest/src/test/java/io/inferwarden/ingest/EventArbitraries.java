package io.inferwarden.ingest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random events that use every optional part, from one seed each. */
final class EventArbitraries {
  private EventArbitraries() {}

  static Arbitrary<InferenceEvent> events() {
    return Arbitraries.longs().map(EventArbitraries::event);
  }

  static InferenceEvent event(long seed) {
    RandomParts parts = new RandomParts(seed);
    InferenceEvent event = new InferenceEvent();
    event.id(parts.optionalString());
    event.timeMillis(parts.time());
    event.model(parts.string());
    event.version(parts.isPresent() ? parts.string() : "");
    event.digest(parts.optionalString());
    event.principal(parts.string());
    event.org(parts.optionalString());
    event.ip(parts.optionalString());
    event.operation(parts.isPresent() ? Operation.ofBinaryCode(1 + parts.count(4)) : null);
    event.status(parts.isPresent() ? parts.string() : "ok");
    event.latencyMillis(parts.isPresent() ? Math.abs(parts.number()) : Double.NaN);
    event.inputTextLength(parts.optionalCount());
    event.inputTokens(parts.optionalCount());
    event.fingerprint(parts.optionalString());
    event.label(parts.optionalString());
    event.value(parts.isPresent() ? parts.number() : Double.NaN);
    event.outputTextLength(parts.optionalCount());
    event.outputTokens(parts.optionalCount());
    event.finishReason(parts.optionalString());
    event.network(parts.optionalString());
    event.guard(parts.isPresent() ? GuardVerdict.ofBinaryCode(1 + parts.count(5)) : null);
    addLists(event, parts);
    addText(event.inputText(), parts);
    addText(event.outputText(), parts);
    return event;
  }

  private static void addLists(InferenceEvent event, RandomParts parts) {
    for (int i = parts.count(40); i > 0; i--) {
      switch (parts.count(3)) {
        case 0 -> event.features().addNull(parts.name());
        case 1 -> event.features().addWord(parts.name(), parts.string());
        default -> event.features().addNumber(parts.name(), parts.number());
      }
    }
    for (int i = parts.count(5); i > 0; i--) {
      event.embedding().add((float) Math.sin(parts.number()));
    }
    boolean isLabelled = parts.isPresent();
    for (int i = parts.count(20); i > 0; i--) {
      if (isLabelled) {
        event.scores().add(parts.name(), parts.number());
      } else {
        event.scores().add(parts.number());
      }
    }
  }

  private static void addText(TextMeasures text, RandomParts parts) {
    if (!parts.isPresent()) {
      return;
    }
    text.present();
    for (TextCount count : TextCount.values()) {
      text.count(count, Math.max(0, parts.optionalCount()));
    }
    TextMark[] marks = TextMark.values();
    text.opening(marks[parts.count(marks.length)]).first(marks[parts.count(marks.length)]);
    text.ending(marks[parts.count(marks.length)]).fingerprint(parts.time() * 0x9E3779B97F4A7C15L);
    text.tactics(parts.isPresent() ? parts.count(256) : 0);
    text.headFingerprint(parts.isPresent() ? parts.time() * 0xD6E8FEB86659FD93L : 0);
    text.tailFingerprint(parts.isPresent() ? -parts.time() : 0);
    text.lineFingerprint(parts.isPresent() ? parts.time() : 0);
    for (int bucket = parts.count(40); bucket < TextMeasures.BUCKETS; bucket += 40) {
      text.addBucket(bucket);
      bucket += parts.count(400);
    }
    addDoorMeasures(text, parts);
  }

  private static void addDoorMeasures(TextMeasures text, RandomParts parts) {
    for (CharacterClass characterClass : CharacterClass.values()) {
      text.characters(characterClass, Math.max(0, parts.optionalCount()));
    }
    for (TextPattern pattern : TextPattern.values()) {
      text.patterns(pattern, Math.max(0, parts.optionalCount()));
    }
    text.canaries(Math.max(0, parts.optionalCount()));
    text.simHash(parts.isPresent() ? parts.time() * 0x9E3779B97F4A7C15L : 0);
    text.template(parts.isPresent() ? -parts.time() : 0);
    text.lexicon(1 + parts.count(3));
  }
}
