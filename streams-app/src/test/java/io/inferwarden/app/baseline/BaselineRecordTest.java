package io.inferwarden.app.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.NewerFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineRecordTest {
  static final long START = 1_772_323_200_000L;
  private static final byte[] LEARNED = {1, 2, 3};

  static BaselineRecord baseline(String model, String version, boolean primary, long until) {
    return new BaselineRecord(
        BaselineRecord.idOf(model, version, until, List.of(LEARNED)),
        model,
        version,
        primary,
        START,
        until,
        4,
        "stream",
        primary ? LEARNED : null,
        primary ? LEARNED : null,
        LEARNED,
        null,
        List.of("principal k9 is left out of what is usual: gaps"));
  }

  @Test
  void survivesTheWayThroughBytes() {
    for (boolean primary : new boolean[] {true, false}) {
      BaselineRecord baseline = baseline("fraud", "", primary, START + 5);

      BaselineRecord read = BaselineRecord.fromBytes(baseline.toBytes());

      assertThat(read).usingRecursiveComparison().isEqualTo(baseline);
      assertThat(read.toBytes()).isEqualTo(baseline.toBytes());
    }
  }

  @Test
  void itsIdDependsOnWhatWasLearnedAndOnNothingElse() {
    String id = BaselineRecord.idOf("m", "1", START, List.of(LEARNED));

    assertThat(id)
        .matches("bl_[0-9a-f]{20}")
        .isEqualTo(BaselineRecord.idOf("m", "1", START, List.of(LEARNED.clone())))
        .isNotEqualTo(BaselineRecord.idOf("m", "2", START, List.of(LEARNED)))
        .isNotEqualTo(BaselineRecord.idOf("m", "1", START + 1, List.of(LEARNED)))
        .isNotEqualTo(BaselineRecord.idOf("m", "1", START, List.of(new byte[] {1, 2, 4})));
  }

  @Test
  void promotionChangesWhoMadeItAndNothingElse() {
    BaselineRecord baseline = baseline("m", "1", true, START + 5);

    BaselineRecord promoted = baseline.promotedAs("promoted by ada: reviewed");

    assertThat(promoted.origin()).isEqualTo("promoted by ada: reviewed");
    assertThat(promoted.promotedAs("stream")).usingRecursiveComparison().isEqualTo(baseline);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> baseline("m", "1", true, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learnedUntilMillis must be after learnedFromMillis " + START);
    byte[] other = baseline("m", "1", true, START + 5).toBytes();
    other[0] = 9;
    assertThatThrownBy(() -> BaselineRecord.fromBytes(other))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageStartingWith("A baseline has format version 9 and this release reads up to 2");
  }

  @Test
  void aFileHoldsBaselinesInTheirOrder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("baselines.bin");
    List<BaselineRecord> baselines =
        List.of(baseline("b", "1", true, START + 5), baseline("a", "2", false, START + 9));

    BaselineFile.write(file, baselines);

    assertThat(BaselineFile.read(file)).usingRecursiveComparison().isEqualTo(baselines);
  }

  @Test
  void anotherFileIsRefusedByName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events.jsonl");
    for (String content :
        List.of("", "{\"time\":1}\n", "not a baseline, but long enough to read numbers from")) {
      Files.writeString(file, content);

      assertThatThrownBy(() -> BaselineFile.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("events.jsonl is no file of baselines");
    }
  }

  @Test
  void aDamagedFileIsRefusedByName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("baselines.bin");
    BaselineFile.write(file, List.of(baseline("b", "1", true, START + 5)));
    byte[] whole = Files.readAllBytes(file);

    for (int length = 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> BaselineFile.read(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("baselines.bin is no file of baselines");
    }
  }

  @Test
  void aHostileCountInAFileIsRefusedAndTakesNoMemory(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("baselines.bin");
    BaselineFile.write(file, List.of());
    byte[] empty = Files.readAllBytes(file);
    ByteBuffer.wrap(empty).putInt(empty.length - Integer.BYTES, Integer.MAX_VALUE);
    Files.write(file, empty);

    assertThatThrownBy(() -> BaselineFile.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void theRegistryKnowsTheNewestBaselineOfEachVersionAndThePrimaryOne() {
    BaselineRegistry registry = new BaselineRegistry("baselines");
    BaselineRecord first = baseline("m", "1", true, START + 5);
    BaselineRecord second = baseline("m", "2", false, START + 9);
    BaselineRecord again = baseline("m", "2", false, START + 20);
    assertThat(registry.of("m")).isNull();

    for (BaselineRecord baseline : List.of(second, first, again)) {
      registry.accept(baseline.topicKey(), baseline.toBytes());
    }

    assertThat(registry.of("m").primary().id()).isEqualTo(first.id());
    assertThat(registry.of("m").ofVersion("1").id()).isEqualTo(first.id());
    assertThat(registry.of("m").ofVersion("2").id()).isEqualTo(again.id());
    assertThat(registry.of("m").ofVersion("3")).isNull();
    assertThat(registry.of("m").withId(second.id())).as("replaced").isNull();
    assertThat(registry.all())
        .extracting(BaselineRecord::id)
        .containsExactly(first.id(), again.id());
  }

  @Test
  void theRegistryForgetsWhatATombstoneNames() {
    BaselineRegistry registry = new BaselineRegistry("baselines");
    BaselineRecord baseline = baseline("m", "1", true, START + 5);
    registry.accept(baseline.topicKey(), baseline.toBytes());
    long revision = registry.revision();

    registry.accept(baseline.topicKey(), null);
    registry.accept("never\u001fthere", null);

    assertThat(registry.of("m")).isNull();
    assertThat(registry.all()).isEmpty();
    assertThat(registry.revision()).isGreaterThan(revision);
  }

  @Test
  void theRegistryLeavesOutWhatIsNoBaseline() {
    BaselineRegistry registry = new BaselineRegistry("baselines");
    BaselineRecord baseline = baseline("m", "1", true, START + 5);
    registry.accept(baseline.topicKey(), baseline.toBytes());
    long revision = registry.revision();

    registry.accept(baseline.topicKey(), "{}".getBytes(StandardCharsets.UTF_8));
    registry.accept(baseline.topicKey(), new byte[0]);
    registry.accept(baseline.topicKey(), Arrays.copyOf(baseline.toBytes(), 20));

    assertThat(registry.of("m").primary().id()).isEqualTo(baseline.id());
    assertThat(registry.revision()).isEqualTo(revision);
  }
}
