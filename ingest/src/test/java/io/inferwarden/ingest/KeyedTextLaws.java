package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeyedTextLaws {
  private static final TextKey KEY = TextKey.of(new byte[16]);
  private static final TextKey OTHER_KEY =
      TextKey.of("another secret!!".getBytes(StandardCharsets.US_ASCII));

  private final TextScanner plain = new TextScanner();
  private final TextScanner unkeyed = new TextScanner(TextKey.none(), Canaries.none());
  private final TextScanner keyed = new TextScanner(KEY, Canaries.none());
  private final TextScanner otherKeyed = new TextScanner(OTHER_KEY, Canaries.none());

  @Property(tries = 1000, seed = "11")
  void withoutAKeyTheDoorMeasuresWhatDetectorsAlwaysRead(@ForAll String text) {
    assertThat(hashes(unkeyed, text)).isEqualTo(hashes(plain, text));
  }

  @Property(tries = 1000, seed = "12")
  void keyedHashesAreEqualExactlyWhereUnkeyedOnesAre(
      @ForAll @StringLength(max = 3) String text, @ForAll @StringLength(max = 3) String other) {
    List<Long> unkeyedHashes = allHashes(unkeyed, text);
    List<Long> others = allHashes(unkeyed, other);
    List<Long> keyedHashes = allHashes(keyed, text);
    List<Long> keyedOthers = allHashes(keyed, other);

    for (int i = 0; i < keyedHashes.size(); i++) {
      boolean isEqual = unkeyedHashes.get(i).equals(others.get(i));
      assertThat(keyedHashes.get(i).equals(keyedOthers.get(i))).isEqualTo(isEqual);
      assertThat(keyedHashes.get(i) == 0).isEqualTo(unkeyedHashes.get(i) == 0);
    }
  }

  @Property(tries = 1000, seed = "13")
  void anotherKeyGivesOtherHashes(@ForAll @StringLength(min = 1) String text) {
    List<Long> hashes = allHashes(keyed, text + " and some more words");
    List<Long> others = allHashes(otherKeyed, text + " and some more words");
    List<Long> unkeyedHashes = allHashes(unkeyed, text + " and some more words");

    for (int i = 0; i < hashes.size(); i++) {
      if (hashes.get(i) != 0) {
        assertThat(hashes.get(i)).isNotEqualTo(others.get(i)).isNotEqualTo(unkeyedHashes.get(i));
      }
    }
  }

  @Property(tries = 2000, seed = "14")
  void anyTextIsMeasuredAndItsClassesAddUp(@ForAll String text) {
    TextMeasures measures = scan(keyed, text);

    int sum = measures.count(TextCount.PUNCTUATION);
    sum += measures.characters(CharacterClass.LETTERS);
    sum += measures.characters(CharacterClass.DIGITS);
    sum += measures.characters(CharacterClass.WHITE_SPACE);
    assertThat(sum).isEqualTo(measures.count(TextCount.CHARACTERS));
    assertThat(measures.characters(CharacterClass.OTHER))
        .isLessThanOrEqualTo(measures.count(TextCount.PUNCTUATION));
  }

  @Test
  void measuresFullLengthsOfOneClass() {
    TextMeasures measures = scan(keyed, "\ud800".repeat(20_000));

    assertThat(measures.characters(CharacterClass.OTHER)).isEqualTo(16_384);
    assertThat(scan(keyed, "a".repeat(20_000)).characters(CharacterClass.LETTERS))
        .isEqualTo(16_384);
  }

  @Test
  void namesOfKindsKeepTheirHashesApart() {
    assertThat(KEY.hash(TextKey.Kind.LINE, 5)).isNotEqualTo(KEY.hash(TextKey.Kind.EDGE, 5));
    assertThat(KEY.hash(TextKey.Kind.LINE, 0)).isZero();
    assertThat(KEY).hasToString("TextKey[keyed]");
    TextMeasures measures = scan(keyed, "four words and more");
    assertThat(scan(keyed, "four words and more").headFingerprint())
        .isEqualTo(measures.tailFingerprint());
  }

  private static List<Long> allHashes(TextScanner scanner, String text) {
    TextMeasures measures = scan(scanner, text);
    return List.of(
        measures.fingerprint(),
        measures.headFingerprint(),
        measures.tailFingerprint(),
        measures.lineFingerprint(),
        measures.template());
  }

  private static List<Object> hashes(TextScanner scanner, String text) {
    TextMeasures measures = scan(scanner, text);
    InferenceEvent event = new InferenceEvent().timeMillis(1).model("m").principal("p");
    TextMeasures copy = event.outputText().present();
    copy.fingerprint(measures.fingerprint()).headFingerprint(measures.headFingerprint());
    copy.tailFingerprint(measures.tailFingerprint()).lineFingerprint(measures.lineFingerprint());
    copy.tactics(measures.tactics()).opening(measures.opening()).first(measures.first());
    for (int i = 0; i < measures.bucketCount(); i++) {
      copy.addBucket(measures.bucket(i));
    }
    for (TextCount count : TextCount.values()) {
      copy.count(count, measures.count(count));
    }
    return SameEvent.values(event);
  }

  static TextMeasures scan(TextScanner scanner, String text) {
    TextMeasures measures = new TextMeasures();
    scanner.scan(text.toCharArray(), 0, text.length(), measures);
    return measures;
  }

  static byte[] json(String input, String output) {
    return HostileLines.event(
            "\"input\":{\"text\":\"%s\"},\"output\":{\"text\":\"%s\"}"
                .formatted(quoted(input), quoted(output)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
