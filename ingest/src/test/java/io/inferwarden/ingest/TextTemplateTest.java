package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
  private static final int READS_A_CHARACTER = 16;

  private final TextTemplate template = new TextTemplate();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Add 12 and 7.                     | Add 3,000.5 and 99.",
        "Translate \"the cat\" to French   | translate  \"a dog that barks\"  to french",
        "Translate 'it' to French          | Translate 'I don't know' to French",
        "Say “yes” now                     | Say “no, never” now",
        "Mail jane@example.org, please     | Mail bob.smith@mail.test, please",
        "Open https://a.example/x?q=1&b=c. | Open http://b.test/y.",
        "Call +1 (555) 010-2000            | Call +44 (20) 794-6095",
        "id 550e8400-e29b-41d4-a716-446655440000 | id 123",
        "run abcdefghijklmnopqrstuvwxyz    | run 7f",
        "numbers 1 2 3                     | numbers 4",
        "age=5; name=\"x\"                 | AGE=77; name=\"y z\"",
        "say \"\" now                      | say \"x\" now",
        "価格は12円です                      | 価格は9800円です"
      })
  void isEqualOverSlots(String text, String other) {
    assertThat(hash(text)).isEqualTo(hash(other)).isNotZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Add 12 and 7       | Subtract 12 and 7",
        "Say \"yes\"        | Say yes",
        "Add 12             | Add twelve",
        "a b                | ab",
        "don't stop         | dont stop",
        "age=5              | amount=5",
        "価格は12円です       | 値段は12円です"
      })
  void differsWhereTheRestDoes(String text, String other) {
    assertThat(hash(text)).isNotEqualTo(hash(other));
  }

  @Test
  void isNoneForBlankTexts() {
    assertThat(hash("")).isZero();
    assertThat(hash(" \n\t\u00a0")).isZero();
    assertThat(hash("7")).isNotZero();
  }

  @Test
  void tellsWhatFillsTheSlots() {
    assertThat(slots("Mail \"Jane D.\" at jane@x.org, order (A-17): see https://x.org/a?b=(c)."))
        .containsExactly("Jane D.", "jane@x.org", "A-17", "https://x.org/a?b=(c");
    assertThat(slots("it's the boys' thing, 5\" wide")).containsExactly("5");
    assertThat(slots("one \"quote\nover lines\" is none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "\" ",
        "\"\n",
        "'",
        " '",
        " 'a",
        "`a",
        "\u201c",
        "\u201c ",
        "\u201c\u00ab`' ",
        "a",
        "1",
        "1 ",
        "a@",
        "://",
        "a://",
        "a:// ",
        "www.",
        "www. ",
        ".",
        ". ",
        "a.",
        "=",
        "\u4e00"
      })
  void looksAtLongHostileTextsABoundedNumberOfTimes(String repeated) {
    char[] text = repeated.repeat(1_048_576 / repeated.length()).toCharArray();
    long before = template.reads();

    template.scan(text, 0, text.length);

    assertThat(template.reads() - before).isLessThan((long) READS_A_CHARACTER * text.length);
  }

  private long hash(String text) {
    template.scan(text.toCharArray(), 0, text.length());
    return template.hash();
  }

  private List<String> slots(String text) {
    template.scan(text.toCharArray(), 0, text.length());
    List<String> slots = new ArrayList<>();
    for (int i = 0; i < template.slotCount(); i++) {
      slots.add(text.substring(template.slotBegin(i), template.slotEnd(i)));
    }
    return slots;
  }
}
