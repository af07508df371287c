package io.inferwarden.ingest;

import static io.inferwarden.ingest.HostileLines.NOW_MILLIS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.inferwarden.ingest.fuzz.Mutator;
import io.inferwarden.ingest.source.EventFileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the scanner has read an event or left it to others must not be seen in any result. */
class EventScannerTest {
  private static final int MUTATIONS = 200_000;
  private static final int MUTATED_EVENTS = 500;
  private static final int LONGEST_MUTATED = 4096;
  private static final int TRACED_EVENTS = 5_000;
  private static final long AFTER_TRACES_MILLIS = 1_800_000_000_000L;
  private static final Path RECORDED =
      Path.of("src", "test", "resources", "io", "inferwarden", "ingest");
  private static final TextKey KEY = TextKey.of("sixteen bytes or".getBytes(UTF_8));

  private final EventParser parser = new EventParser();
  private final EventParser thorough = EventParser.withoutScanner(new TextDoor());
  private final EventScanner scanner =
      new EventScanner(new VocabularyCache(64), new VocabularyCache(64));
  private final InferenceEvent event = new InferenceEvent();
  private final InferenceEvent expected = new InferenceEvent();

  @Test
  void readsOrdinaryEventsItselfAndAsTheyAre() {
    OrdinaryEvents events = new OrdinaryEvents(1);

    for (int i = 0; i < 20_000; i++) {
      byte[] json = events.next();
      assertSameResult(json);
      assertThat(isScanned(json)).as(new String(json, UTF_8)).isTrue();
    }
  }

  @Test
  void nothingTellsWhoHasReadAMutatedEvent() {
    OrdinaryEvents ordinary = new OrdinaryEvents(2);
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < MUTATED_EVENTS; i++) {
      events.add(ordinary.next());
    }
    HarmlessLines.all().forEach(line -> events.add(line.getBytes(UTF_8)));
    HostileLines.all().stream()
        .map(HostileLine::bytes)
        .filter(line -> line.length < LONGEST_MUTATED)
        .forEach(events::add);
    Mutator mutator = new Mutator(3);
    int scanned = 0;
    int taken = 0;

    for (int i = 0; i < MUTATIONS; i++) {
      byte[] json = mutator.next(events);
      taken += assertSameResult(json) ? 1 : 0;
      scanned += isScanned(json) ? 1 : 0;
    }

    assertThat(scanned).isGreaterThan(MUTATIONS / 40);
    assertThat(taken - scanned).isGreaterThan(MUTATIONS / 200);
    assertThat(MUTATIONS - taken).isGreaterThan(MUTATIONS / 4);
  }

  @Test
  void nothingTellsWhoHasReadWhatWasRecorded() throws IOException {
    int inputs = 0;
    try (Stream<Path> files = Files.walk(RECORDED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        assertSameResult(content);
        for (String line : new String(content, UTF_8).split("\n", -1)) {
          assertSameResult(line.getBytes(UTF_8));
          inputs++;
        }
      }
    }
    for (HostileLine line : HostileLines.all()) {
      assertSameResult(line.bytes());
    }
    for (String line : HarmlessLines.all()) {
      assertSameResult(line.getBytes(UTF_8));
    }
    assertThat(inputs).isGreaterThan(1_000);
  }

  @Test
  void fingerprintsAreTheSameUnderAKey() {
    EventParser keyed = new EventParser(KEY, true);
    EventParser thoroughKeyed =
        EventParser.withoutScanner(new TextDoor(KEY, Canaries.none(), true));
    OrdinaryEvents ordinary = new OrdinaryEvents(4);
    byte[] withText = HarmlessLines.COMPLETE.getBytes(UTF_8);

    for (int i = 0; i < 2_000; i++) {
      byte[] json = i % 10 == 0 ? withText : ordinary.next();
      assertThat(keyed.parse(json, 0, json.length, NOW_MILLIS, event)).isNull();
      assertThat(thoroughKeyed.parse(json, 0, json.length, NOW_MILLIS, expected)).isNull();
      assertThat(keyed.inputFingerprint()).isEqualTo(thoroughKeyed.inputFingerprint());
      assertThat(keyed.outputFingerprint()).isEqualTo(thoroughKeyed.outputFingerprint());
      assertThat(keyed.inputText()).isEqualTo(thoroughKeyed.inputText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adult-logreg-s12",
        "digits-rf-s13",
        "pendigits-mlp-s11",
        "drift-elec-rf-s32",
        "llm-outputs-s54",
        "llm-conv-1h-s51"
      })
  void nothingTellsWhoHasReadATrace(String trace) throws IOException {
    Path file =
        Path.of(System.getProperty("inferwarden.shared", ""), "traces", trace + ".jsonl.gz");
    assumeTrue(Files.exists(file), "the traces are not there");
    int scanned = 0;

    try (EventFileReader reader = EventFileReader.open(file)) {
      for (int i = 0; i < TRACED_EVENTS && reader.next(); i++) {
        byte[] json = new byte[reader.length()];
        System.arraycopy(reader.line(), reader.offset(), json, 0, json.length);
        assertSameResult(json, AFTER_TRACES_MILLIS);
        scanned += isScanned(json, AFTER_TRACES_MILLIS) ? 1 : 0;
      }
    }

    assertThat(scanned).isEqualTo(trace.startsWith("llm") ? 0 : TRACED_EVENTS);
  }

  @Test
  void anOrdinaryEventAllocatesNothing() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "the JVM counts no bytes");
    byte[] json =
        HostileLines.event(
                "\"version\":\"7\",\"operation\":\"classify\",\"latencyMs\":12.5,\"input\":{"
                    + "\"features\":{\"amount\":0.12345678901234567,\"country\":\"DE\"}},"
                    + "\"output\":{\"label\":\"fraud\",\"scores\":[0.07,0.93]}")
            .getBytes(UTF_8);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;

    for (int round = 0; round < 20; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000; i++) {
        parser.parse(json, 0, json.length, NOW_MILLIS, event);
      }
      least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isLessThan(1_000);
  }

  private boolean isScanned(byte[] json) {
    return isScanned(json, NOW_MILLIS);
  }

  private boolean isScanned(byte[] json, long nowMillis) {
    event.clear();
    return scanner.scan(json, 0, json.length, nowMillis, event);
  }

  /** Whether both have taken it. */
  private boolean assertSameResult(byte[] json) {
    return assertSameResult(json, NOW_MILLIS);
  }

  private boolean assertSameResult(byte[] json, long nowMillis) {
    RejectedEvent actual = parser.parse(json, 0, json.length, nowMillis, event);
    RejectedEvent wanted = thorough.parse(json, 0, json.length, nowMillis, expected);
    boolean isSame =
        Objects.equals(actual, wanted)
            && (wanted != null || SameEvent.values(event).equals(SameEvent.values(expected)));
    if (!isSame) {
      assertThat(actual).as(new String(json, UTF_8)).isEqualTo(wanted);
      SameEvent.assertSame(event, expected);
    }
    return wanted == null;
  }
}
