package io.inferwarden.ingest;

import static io.inferwarden.ingest.HostileLines.NOW_MILLIS;
import static io.inferwarden.ingest.HostileLines.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.RejectedEvent.Reason;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventParserTest {
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  @Test
  void readsEveryFieldOfTheContract() {
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();

    assertThat(event.id()).isEqualTo("01J");
    assertThat(event.timeMillis()).isEqualTo(1_772_409_646_453L);
    assertThat(event.model()).isEqualTo("fraud-scorer");
    assertThat(event.version()).isEqualTo("7");
    assertThat(event.digest()).isEqualTo("sha256:ab");
    assertThat(event.principal()).isEqualTo("key-123");
    assertThat(event.org()).isEqualTo("acme");
    assertThat(event.ip()).isEqualTo("203.0.113.7");
    assertThat(event.operation()).isEqualTo(Operation.CLASSIFY);
    assertThat(event.status()).isEqualTo("error");
    assertThat(event.latencyMillis()).isEqualTo(12.5);
    assertThat(event.embedding().size()).isEqualTo(2);
    assertThat(event.embedding().value(0)).isEqualTo(0.1f);
    assertThat(event.embedding().value(1)).isEqualTo(-2f);
    assertThat(event.inputTextLength()).isEqualTo(5);
    assertThat(event.inputTokens()).isEqualTo(312);
    assertThat(event.fingerprint()).isEqualTo("9f");
    assertThat(event.label()).isEqualTo("fraud");
    assertThat(event.scores().size()).isEqualTo(2);
    assertThat(event.scores().isLabelled()).isFalse();
    assertThat(event.scores().value(1)).isEqualTo(0.93);
    assertThat(event.value()).isEqualTo(3.2);
    assertThat(event.outputTextLength()).isEqualTo(2);
    assertThat(event.outputTokens()).isEqualTo(120);
    assertThat(event.finishReason()).isEqualTo("stop");
  }

  @Test
  void readsNumbersWordsBooleansAndNullsAsFeatures() {
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();

    Features features = event.features();
    assertThat(features.size()).isEqualTo(4);
    assertThat(features.name(0)).isEqualTo("amount");
    assertThat(features.number(0)).isEqualTo(12.3);
    assertThat(features.word(0)).isNull();
    assertThat(features.word(1)).isEqualTo("DE");
    assertThat(features.number(1)).isNaN();
    assertThat(features.word(2)).isEqualTo("true");
    assertThat(features.word(3)).isNull();
    assertThat(features.number(3)).isNaN();
  }

  @Test
  void forgetsTheEventBefore() {
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();
    assertThat(parse(event(""))).isNull();

    InferenceEvent fresh = new InferenceEvent();
    fresh.timeMillis(1_772_409_646_453L).model("m").principal("p");
    SameEvent.assertSame(event, fresh);
  }

  @Test
  void readsScoresByLabel() {
    assertThat(parse(event("\"output\":{\"scores\":{\"yes\":0.25,\"no\":0.75}}"))).isNull();

    assertThat(event.scores().isLabelled()).isTrue();
    assertThat(event.scores().label(1)).isEqualTo("no");
    assertThat(event.scores().value(1)).isEqualTo(0.75);
  }

  @Test
  void believesTheTextRatherThanTheDeclaredLength() {
    assertThat(parse(event("\"input\":{\"text\":\"four\",\"textLength\":9}"))).isNull();
    assertThat(event.inputTextLength()).isEqualTo(4);

    assertThat(parse(event("\"input\":{\"textLength\":9,\"text\":\"four\"}"))).isNull();
    assertThat(event.inputTextLength()).isEqualTo(4);
  }

  @Test
  void measuresLongTextsInUtf16Units() {
    String text = "\ud83d\ude00".repeat(100_000);

    assertThat(parse(event("\"input\":{\"text\":\"" + text + "\"}"))).isNull();
    assertThat(event.inputTextLength()).isEqualTo(200_000);
  }

  @Test
  void acceptsAnEventOfTheMaximumSizeAndNoLarger() {
    String shell = event("\"x\":\"\"");
    int room = EventParser.MAXIMUM_BYTES - shell.length();

    assertThat(parse(event("\"x\":\"" + "y".repeat(room) + "\""))).isNull();
    RejectedEvent rejected = parse(event("\"x\":\"" + "y".repeat(room + 1) + "\""));
    assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void acceptsTimesUpToAnHourAhead() {
    String ahead =
        "{\"time\":" + (NOW_MILLIS + 3_600_000) + ",\"model\":\"m\",\"principal\":\"p\"}";
    String tooFar =
        "{\"time\":" + (NOW_MILLIS + 3_600_001) + ",\"model\":\"m\",\"principal\":\"p\"}";

    assertThat(parse(ahead)).isNull();
    assertThat(parse(tooFar).reason()).isEqualTo(Reason.TIME_IN_FUTURE);
  }

  @Test
  void returnsTheSameStringForTheSameValueOfASmallVocabulary() {
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();
    String model = event.model();
    String label = event.label();
    String name = event.features().name(0);
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();

    assertThat(event.model()).isSameAs(model);
    assertThat(event.label()).isSameAs(label);
    assertThat(event.features().name(0)).isSameAs(name);
  }

  @Test
  void saysWhatWasFoundAndWhatWouldBeRight() {
    assertThat(parse("{\"time\":\"yesterday\"}").message())
        .isEqualTo(
            "time: expected RFC 3339 or integer epoch milliseconds, found string \"yesterday\"");
    assertThat(parse("{\"time\":1772409646}").message())
        .isEqualTo(
            "time: expected 2000-01-01T00:00:00Z or later, found number 1772409646"
                + " (are these seconds?)");
    assertThat(parse(event("\"input\":{\"features\":{\"a\":[]}}")).message())
        .isEqualTo(
            "input.features.a: expected a number, a string, a boolean or null, found an array");
    assertThat(parse("{\"model\":\"m\\n" + "x".repeat(99) + "\"}").message())
        .isEqualTo(
            "model: expected a string without control characters, found string \"m\\u000a"
                + "x".repeat(38)
                + "...\"");
    assertThat(parse("{\"model\"}").message()).startsWith("not JSON at byte 8: ");
  }

  @Test
  void readsFromTheMiddleOfAnArray() {
    byte[] bytes = ("garbage" + event("") + "garbage").getBytes(StandardCharsets.UTF_8);

    assertThat(parser.parse(bytes, 7, bytes.length - 14, NOW_MILLIS, event)).isNull();
  }

  @Test
  void coversAtLeastFortyHostileKindsAndEveryReasonOfTheParser() {
    List<HostileLine> lines = HostileLines.all();
    Set<Reason> reasons =
        lines.stream()
            .map(HostileLine::reason)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));

    assertThat(lines).extracting(HostileLine::kind).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons)))
        .containsExactly(Reason.DUPLICATE_ID, Reason.MODEL_NOT_ALLOWED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.inferwarden.ingest.HostileLines#all")
  void refusesHostileLinesAndThenReadsOn(HostileLine line) {
    byte[] bytes = line.bytes();

    RejectedEvent rejected = parser.parse(bytes, 0, bytes.length, NOW_MILLIS, event);

    assertThat(rejected).isNotNull();
    assertThat(rejected.reason()).as(rejected.message()).isEqualTo(line.reason());
    assertThat(rejected.field()).isEqualTo(line.field());
    assertThat(rejected.message())
        .hasSizeLessThan(400)
        .doesNotContain(EventParser.PARSER_FAILURE)
        .matches("\\P{Cntrl}+");
    assertThat(parse(HarmlessLines.COMPLETE)).isNull();
  }

  @ParameterizedTest
  @MethodSource("io.inferwarden.ingest.HarmlessLines#all")
  void acceptsHarmlessLines(String line) {
    assertThat(parse(line)).isNull();
  }

  private RejectedEvent parse(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 0, bytes.length, NOW_MILLIS, event);
  }
}
