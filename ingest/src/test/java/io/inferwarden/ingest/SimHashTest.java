package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimHashTest {
  private final TextScanner scanner =
      new TextScanner(
          TextKey.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
          Canaries.none());

  @Test
  void takesTheMajorityOfEveryBit() {
    Random random = new Random(5);
    for (int words = 3; words < 200; words++) {
      SimHash simHash = new SimHash(TextKey.none());
      int[] ones = new int[64];
      long[] added = new long[words];
      for (int i = 0; i < words; i++) {
        added[i] = random.nextLong();
        simHash.add(added[i]);
      }
      long expected = 0;
      for (int i = 2; i < words; i++) {
        long shingle = StableHash.mix((31 * added[i - 2] + added[i - 1]) * 31 + added[i]);
        for (int bit = 0; bit < 64; bit++) {
          ones[bit] += (int) (shingle >>> bit & 1);
        }
      }
      for (int bit = 0; bit < 64; bit++) {
        expected |= 2 * ones[bit] > words - 2 ? 1L << bit : 0;
      }

      assertThat(simHash.value()).isEqualTo(expected);
    }
  }

  @Test
  void nearTextsAreNearAndOthersAreFar() {
    Random random = new Random(6);
    int near = 0;
    int far = 0;
    int nearest = 64;
    for (int round = 0; round < 200; round++) {
      String[] words = words(random, 60);
      long hash = simHash(String.join(" ", words));
      words[random.nextInt(words.length)] = "replacement";
      near += distance(hash, simHash(String.join(" ", words)));
      int other = distance(hash, simHash(String.join(" ", words(random, 60))));
      far += other;
      nearest = Math.min(nearest, other);
    }

    // One word of 60 changes 3 of 58 shingles: 64 * acos(55 / 58) / pi = 6.6 bits are expected.
    assertThat(near / 200.0).isBetween(4.0, 9.0);
    assertThat(far / 200.0).isBetween(30.0, 34.0);
    assertThat(nearest).isGreaterThan(12);
  }

  @Test
  void ignoresCasePunctuationAndWhiteSpace() {
    assertThat(simHash("Hello, dear world of words!"))
        .isEqualTo(simHash("hello dear  WORLD\nof \u2014 words"))
        .isNotZero();
  }

  @Test
  void isOfWhatFillsTheSlotsOfATemplate() {
    String first = simHashed("the cat sat on the mat all day long");
    String second = simHashed("nobody expects an answer in this weather");

    assertThat(distance(simHash("Translate " + first), simHash("Translate " + second)))
        .isGreaterThan(12);
    assertThat(simHash("Translate " + first)).isEqualTo(simHash("Please summarise " + first));
  }

  @Test
  void takesTheWholeTextWhereSlotsHoldLittleOfIt() {
    String text = "some words that go on and on without an end to be seen ";
    String listed = "1. " + text + "2. " + text + "3. " + text;

    assertThat(simHash(listed)).isNotEqualTo(simHash("1. a house 2. a tree 3. a very long street"));
  }

  @Test
  void isNoneForShortTextsAndWithoutWords() {
    assertThat(simHash("nineteen characters")).isZero();
    assertThat(simHash("twenty characters, x")).isNotZero();
    assertThat(simHash("?!".repeat(20))).isZero();
    assertThat(simHash("oneverylongwordofmanyletters")).isNotZero();
  }

  private static String simHashed(String slot) {
    return "\"" + slot + "\"";
  }

  private static int distance(long hash, long other) {
    return Long.bitCount(hash ^ other);
  }

  private long simHash(String text) {
    return KeyedTextLaws.scan(scanner, text).simHash();
  }

  private static String[] words(Random random, int count) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      for (int letter = 3 + random.nextInt(6); letter > 0; letter--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
    return words;
  }
}
