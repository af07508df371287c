package io.inferwarden.ingest;

import static io.inferwarden.ingest.HostileLines.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nothing that anyone sends makes the parser throw. */
class EventParserLaws {
  private static final String ALPHABET = "{}[]\":,\\ \n0123456789eE+-.truefalsnNIity\u00e9";
  private static final List<String> LINES = HarmlessLines.all();

  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  @Property(tries = 3000, seed = "1")
  void survivesRandomBytes(@ForAll @Size(max = 300) byte[] bytes) {
    survives(bytes);
  }

  @Property(tries = 3000, seed = "2")
  void survivesRandomPunctuation(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    survives(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 5000, seed = "3")
  void survivesMutatedEvents(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    survives(bytes);
  }

  @Property(tries = 3000, seed = "4")
  void survivesEventsWithPartsRepeatedOrLeftOut(@ForAll long seed) {
    Random random = new Random(seed);
    String line = LINES.get(random.nextInt(LINES.size()));
    int from = random.nextInt(line.length());
    int to = from + random.nextInt(line.length() - from);
    String part = line.substring(from, to);
    String changed =
        random.nextBoolean()
            ? line.substring(0, from) + line.substring(to)
            : line.substring(0, to) + part + line.substring(to);
    survives(changed.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = HarmlessLines.COMPLETE.getBytes(StandardCharsets.UTF_8);

    for (int length = 0; length < bytes.length; length++) {
      assertThat(survives(Arrays.copyOf(bytes, length))).as("length " + length).isNotNull();
    }
  }

  private RejectedEvent survives(byte[] bytes) {
    RejectedEvent rejected = parser.parse(bytes, 0, bytes.length, NOW_MILLIS, event);
    if (rejected != null) {
      assertThat(rejected.message()).doesNotContain(EventParser.PARSER_FAILURE);
    }
    return rejected;
  }
}
