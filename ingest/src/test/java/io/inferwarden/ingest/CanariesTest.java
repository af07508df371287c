package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanariesTest {
  @Test
  void countsEachCanaryThatIsInTheTextOnce() {
    Canaries canaries =
        Canaries.of(
            List.of("canary-one", "xcanary-one", "canary-on", "\u65e5\u672c-12345", "absent-1"));

    assertThat(count(canaries, "a xcanary-one, xcanary-one \u65e5\u672c-12345")).isEqualTo(4);
    assertThat(count(canaries, "canary-on")).isEqualTo(1);
    assertThat(count(canaries, "Canary-one canary-o")).isZero();
    assertThat(count(Canaries.none(), "canary-one")).isZero();
  }

  @Test
  void findsWhatASearchForEachFinds() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        wanted.add(word(random, 8 + random.nextInt(4)));
      }
      String text = word(random, 600);

      long expected = wanted.stream().distinct().filter(text::contains).count();

      assertThat(count(Canaries.of(wanted), text)).isEqualTo((int) expected);
    }
  }

  @Test
  void refusesWhatIsNoCanaryWithoutShowingIt() {
    assertThatThrownBy(() -> Canaries.of(List.of("hidden7")))
        .hasMessage("a canary must have 8 to 256 characters, one had 7");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 129; i++) {
      many.add("%0256d".formatted(i));
    }
    assertThatThrownBy(() -> Canaries.of(many))
        .hasMessage("canaries must have <= 32768 characters together");
    StringBuilder diverse = new StringBuilder();
    for (char i = 0; i < 256; i++) {
      diverse.append((char) ('\u4e00' + i));
    }
    assertThatThrownBy(() -> Canaries.of(List.of(diverse.toString())))
        .hasMessage("canaries must have <= 255 different characters");
  }

  @Test
  void showsNoneOfThem() {
    assertThat(Canaries.of(List.of("secret-canary"))).hasToString("Canaries[1]");
  }

  private static int count(Canaries canaries, String text) {
    return canaries.countIn(text.toCharArray(), 0, text.length(), new boolean[canaries.count()]);
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(random.nextInt(12) == 0 ? 'b' : 'a');
    }
    return word.toString();
  }
}
