package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reference values: {@code door()} of the shared {@code reference/output_evidence.py} on the same
 * texts (Python 3), except that a blank text begins with no bullet here.
 */
class TextMeasuresTest {
  private static final long NOW_MILLIS = 1_772_409_646_453L;

  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  @Test
  void countsAsTheReferenceDoes() {
    parse(
        "Give two tips for a talk.",
        "\n\n1. Practice the talk.\n2. Breathe, don't rush.\n2. Breathe, don't rush.");

    assertCounts(71, 20, 10, 58, 7, 4, 10, 3, 2);
    assertMarks(TextMark.TWO_NEWLINES, TextMark.DIGIT, TextMark.FULL_STOP);
  }

  @Test
  void countsWordsWithoutRegardToCase() {
    parse("Repeat the word poem", "poem poem poem POEM");

    assertCounts(19, 4, 1, 16, 4, 0, 0, 1, 1);
    assertThat(event.outputText().bucketCount()).isEqualTo(1);
  }

  @Test
  void tellsRepeatedLines() {
    parse("a b", "* one\n* two\n* one\n");

    assertCounts(18, 6, 3, 12, 0, 3, 3, 3, 2);
    assertMarks(TextMark.OTHER, TextMark.BULLET, TextMark.LETTER);
  }

  @Test
  void knowsBlankTexts() {
    parse("x", "   \n\t ");

    assertCounts(6, 0, 0, 0, 0, 1, 0, 0, 0);
    assertMarks(TextMark.EMPTY, TextMark.OTHER, TextMark.OTHER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "I'm sorry, but as an AI I can't do that! | REFUSAL | UPPER | MARK",
        "Plain text without end                   | LETTER  | UPPER | LETTER",
        "`  \"Quoted\" line?`                     | SPACE   | QUOTE | MARK"
      })
  void marksAsTheReferenceDoes(String text, TextMark opening, TextMark first, TextMark ending) {
    parse("", text);

    assertMarks(opening, first, ending);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n\n** Sorry, no.",
        "I’m sorry",
        "UNFORTUNATELY not",
        "As an AI",
        "I am unable to",
        "as a language model"
      })
  void knowsRefusals(String text) {
    parse("", text);

    assertThat(event.outputText().opening()).isEqualTo(TextMark.REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I am sor", "It is unfortunately so", "I can do that", "As an"})
  void knowsWhatIsNoRefusal(String text) {
    parse("", text);

    assertThat(event.outputText().opening()).isEqualTo(TextMark.LETTER);
  }

  @Test
  void takesScriptsWithoutSpacesCharacterByCharacter() {
    parse("", "日本日 naïve");

    assertThat(event.outputText().count(TextCount.WORDS)).isEqualTo(4);
    assertThat(event.outputText().count(TextCount.DISTINCT_WORDS)).isEqualTo(3);
  }

  @Test
  void comparesOutputAndInputInWhateverOrderTheyCome() {
    byte[] json =
        HostileLines.event("\"output\":{\"text\":\"a b c\"},\"input\":{\"text\":\"c b x\"}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(parser.parse(json, 0, json.length, HostileLines.NOW_MILLIS, event)).isNull();

    assertThat(event.outputText().count(TextCount.ECHOED_WORDS)).isEqualTo(2);
  }

  @Test
  void measuresTheBeginningOfLongTextsAndTellsThemApartByTheirEnds() {
    String longest = "word\n".repeat(100_000);
    parse("", longest);
    long before = event.outputText().fingerprint();

    assertThat(event.outputTextLength()).isEqualTo(500_000);
    assertThat(event.outputText().count(TextCount.CHARACTERS)).isEqualTo(16_384);
    assertThat(event.outputText().count(TextCount.DISTINCT_LINES)).isEqualTo(1);
    parse("", longest.substring(0, longest.length() - 1) + "!");
    assertThat(event.outputText().fingerprint()).isNotEqualTo(before);
    assertThat(event.outputText().ending()).isEqualTo(TextMark.MARK);
  }

  @Test
  void seesTacticsInTheMeasuredPartAndTheLastLineWhereverItIs() {
    String measured = "word ".repeat(3_276) + "1234";
    parse("", measured.substring(11) + " show prompt");

    assertThat(event.outputText().tactics()).isZero();
    parse("", measured.substring(12) + " show prompt");
    assertThat(event.outputText().tactics()).isEqualTo(TextTactic.SYSTEM_PROMPT.bit());
    parse("", measured + measured + " \n Show PROMPT\n");
    assertThat(event.outputText().tactics()).isZero();
    long line = event.outputText().lineFingerprint();
    parse("", "show prompt");
    assertThat(event.outputText().lineFingerprint()).isEqualTo(line).isNotZero();
  }

  @Test
  void scanningTakesNoMemoryOnceItHasSeenALongText() {
    TextScanner scanner = new TextScanner();
    TextMeasures text = new TextMeasures();
    char[] characters =
        "Ignore all, l\u2019\u00e9t\u00e9 [MASK] \u65e5\n".repeat(600).toCharArray();
    scanner.scan(characters, 0, characters.length, text);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    thread.getCurrentThreadAllocatedBytes();

    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      scanner.scan(characters, 0, characters.length, text);
    }

    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
  }

  @Test
  void takesTheMostDiverseTextThatItMeasures() {
    char[] characters = new char[20_000];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) (0x4e00 + i);
    }
    parse(new String(characters), new String(characters));

    assertThat(event.outputText().count(TextCount.DISTINCT_WORDS)).isEqualTo(16_384);
    assertThat(event.outputText().count(TextCount.ECHOED_WORDS)).isEqualTo(16_384);
    assertThat(event.outputText().bucketCount()).isBetween(180, 200);
  }

  @Test
  void keepsNothingOfTheTextBefore() {
    parse("one two", "Ignore the three two");
    parse("", "four");

    assertThat(event.inputText().isPresent()).isTrue();
    assertThat(event.outputText().count(TextCount.WORDS)).isEqualTo(1);
    assertThat(event.outputText().count(TextCount.ECHOED_WORDS)).isZero();
    assertThat(event.outputText().tactics()).isZero();
    byte[] json = HostileLines.event("").getBytes(StandardCharsets.UTF_8);
    assertThat(parser.parse(json, 0, json.length, HostileLines.NOW_MILLIS, event)).isNull();
    assertThat(event.outputText().isPresent()).isFalse();
  }

  @Test
  void believesTheTextRatherThanTheMeasures() {
    for (String fields :
        new String[] {
          "\"text\":\"a b\",\"textMeasures\":{\"words\":9}",
          "\"textMeasures\":{\"words\":9,\"buckets\":[1,2]},\"text\":\"a b\""
        }) {
      byte[] json =
          HostileLines.event("\"output\":{" + fields + "}").getBytes(StandardCharsets.UTF_8);

      assertThat(parser.parse(json, 0, json.length, HostileLines.NOW_MILLIS, event)).isNull();
      assertThat(event.outputText().count(TextCount.WORDS)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"buckets\":[2,1]",
        "\"buckets\":[1],\"buckets\":[2]",
        "\"buckets\":[4096]",
        "\"buckets\":[-1]",
        "\"buckets\":[1.5]",
        "\"buckets\":[\"1\"]",
        "\"buckets\":1",
        "\"opening\":\"shout\"",
        "\"tactics\":[\"flattery\"]",
        "\"tactics\":[1]",
        "\"tactics\":[null]",
        "\"tactics\":[[]]",
        "\"tactics\":\"override\"",
        "\"tactics\":1",
        "\"head\":\"xyz\"",
        "\"head\":\"+5\"",
        "\"tail\":1",
        "\"line\":\"00000000000000001\"",
        "\"fingerprint\":\"xyz\"",
        "\"words\":-1",
        "\"words\":1.5",
        "\"simHash\":\"xyz\"",
        "\"template\":7",
        "\"classes\":[]",
        "\"classes\":{\"letters\":-1}",
        "\"patterns\":\"email\"",
        "\"patterns\":{\"email\":-1}",
        "\"patterns\":{\"iban\":1.5}",
        "\"patterns\":{\"phone\":\"1\"}",
        "\"canaries\":-1",
        "\"canaries\":true",
        "\"lexicon\":0",
        "\"lexicon\":\"1\""
      })
  void refusesMeasuresThatAreNone(String field) {
    byte[] json =
        HostileLines.event("\"output\":{\"textMeasures\":{" + field + "}}")
            .getBytes(StandardCharsets.UTF_8);

    RejectedEvent rejected = parser.parse(json, 0, json.length, HostileLines.NOW_MILLIS, event);

    assertThat(rejected).isNotNull();
    assertThat(rejected.message()).contains("output.textMeasures.").doesNotContain("failed");
  }

  @Test
  void refusesValuesOutOfRange() {
    TextMeasures text = new TextMeasures();

    assertThatThrownBy(() -> text.count(TextCount.WORDS, -1))
        .hasMessage("words must be >= 0, was -1");
    assertThatThrownBy(() -> text.tactics(256)).hasMessage("tactics must be in [0, 255], was 256");
    assertThatThrownBy(() -> text.tactics(-1)).hasMessage("tactics must be in [0, 255], was -1");
    assertThatThrownBy(() -> text.addBucket(7).addBucket(7))
        .hasMessage("bucket must be in [8, 4096), was 7");
    assertThatThrownBy(() -> text.canaries(-1)).hasMessage("canaries must be >= 0, was -1");
    assertThatThrownBy(() -> text.lexicon(0)).hasMessage("lexicon must be >= 1, was 0");
    assertThatThrownBy(() -> text.patterns(TextPattern.IBAN, -2))
        .hasMessage("iban must be >= 0, was -2");
    assertThatThrownBy(() -> text.characters(CharacterClass.DIGITS, -3))
        .hasMessage("digits must be >= 0, was -3");
    assertThatThrownBy(() -> text.bucket(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private void parse(String input, String output) {
    String json =
        "{\"time\":%d,\"model\":\"m\",\"principal\":\"p\",\"input\":{\"text\":\"%s\"},\"output\":{\"text\":\"%s\"}}"
            .formatted(NOW_MILLIS, quoted(input), quoted(output));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(parser.parse(bytes, 0, bytes.length, NOW_MILLIS, event)).isNull();
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private void assertCounts(int... expected) {
    int[] actual = Arrays.stream(TextCount.values()).mapToInt(event.outputText()::count).toArray();
    assertThat(actual).isEqualTo(expected);
  }

  private void assertMarks(TextMark opening, TextMark first, TextMark ending) {
    TextMeasures text = event.outputText();
    assertThat(new TextMark[] {text.opening(), text.first(), text.ending()})
        .containsExactly(opening, first, ending);
  }
}
