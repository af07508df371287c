package io.inferwarden.ingest.collector.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.collector.Companion;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final LogMetrics metrics = new LogMetrics(registry);
  @TempDir private Path parent;
  private Path folder;
  private SpoolSettings settings;

  @BeforeEach
  void settings() {
    folder = parent.resolve("spool");
    settings = new SpoolSettings(folder, 1 << 20, 1_000);
  }

  @Test
  void givesBackInOrderWhatWasAppendedAcrossFilesAndStarts() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int start = 0; start < 3; start++) {
      try (Spool spool = Spool.open(settings, metrics)) {
        for (int i = 0; i < 10; i++) {
          String id = start + "-" + i;
          append(spool, id);
          ids.add(id);
        }
      }
    }

    try (Spool spool = Spool.open(settings, metrics)) {
      assertThat(read(spool, 0)).isEqualTo(ids);
    }
    assertThat(segments()).hasSizeGreaterThan(3);
  }

  @Test
  void filesThatKafkaHasAreDeleted() throws Exception {
    try (Spool spool = Spool.open(settings, metrics)) {
      for (int i = 0; i < 20; i++) {
        append(spool, "e" + i);
      }
      SpoolReader reader = new SpoolReader(spool, metrics);
      SpoolReader.Window half = reader.read(0, 3_000);

      spool.forwarded(half.next(), reader.damaged());

      assertThat(segments().get(0).getFileName().toString()).isGreaterThan("0000000000000000001");
      SpoolReader.Window rest = reader.read(half.next(), 1 << 20);
      assertThat(Batches.ids(half.batches()).size() + Batches.ids(rest.batches()).size())
          .isEqualTo(20);
      spool.forwarded(rest.next(), reader.damaged());
      assertThat(spool.unsentBytes()).isZero();
      assertThat(segments()).hasSize(1);
      reader.close();
    }
  }

  @Test
  void aStartGoesOnWhereKafkaOrItsOwnNoteSays() throws Exception {
    long third;
    String id;
    try (Spool spool = Spool.open(settings, metrics)) {
      append(spool, "a");
      append(spool, "b");
      append(spool, "c");
      SpoolReader reader = new SpoolReader(spool, metrics);
      long second = reader.read(0, 1).next();
      third = reader.read(second, 1).next();
      reader.close();
      spool.forwarded(second, new ArrayList<>());
      id = spool.id();
    }

    try (Spool spool = Spool.open(settings, metrics)) {
      assertThat(read(spool, spool.begin(SpoolPosition.NONE))).containsExactly("b", "c");
      assertThat(read(spool, spool.begin(new SpoolPosition("another", 1 << 20))))
          .containsExactly("b", "c");
      assertThat(read(spool, spool.begin(new SpoolPosition(id, third)))).containsExactly("c");
      assertThatThrownBy(() -> spool.begin(new SpoolPosition(id, 1 << 20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("files of it are missing");
    }
  }

  @Test
  void aTornEndIsDroppedWhereverItIsTorn() throws Exception {
    try (Spool spool = Spool.open(settings, metrics)) {
      append(spool, "a");
      append(spool, "b");
    }
    Path segment = segments().get(0);
    byte[] whole = Files.readAllBytes(segment);
    int first = SpoolFrame.encode(Batches.of("a"), 7).remaining();

    for (int length = first; length < whole.length; length++) {
      Files.write(segment, Arrays.copyOf(whole, length));
      try (Spool spool = Spool.open(settings, metrics)) {
        append(spool, "c");

        assertThat(read(spool, 0)).containsExactly("a", "c");
      }
    }
  }

  @Test
  void damageIsToldAndTheRestIsStillGiven() throws Exception {
    try (Spool spool = Spool.open(settings, metrics)) {
      for (int i = 0; i < 20; i++) {
        append(spool, "e" + i);
      }
    }
    Path segment = segments().get(1);
    flip(segment, 40);

    try (Spool spool = Spool.open(settings, metrics)) {
      SpoolReader reader = new SpoolReader(spool, metrics);
      SpoolReader.Window window = reader.read(0, 1 << 20);
      spool.forwarded(window.next(), reader.damaged());

      assertThat(Batches.ids(window.batches())).hasSize(19);
      assertThat(registry.getSampleValue("inferwarden_ingest_log_spool_corrupt_total"))
          .isEqualTo(1);
      assertThat(segment.resolveSibling(segment.getFileName() + ".damaged")).exists();
      reader.close();
    }
  }

  @Test
  void aTextWithTheBytesOfAFrameStopsNobodyWhenItsOwnFrameIsDamaged() throws Exception {
    byte[] fake = ByteBuffer.allocate(12 + 8).putInt(0x49577331).putInt(8).putInt(0).array();
    CRC32C checksum = new CRC32C();
    checksum.update(fake, 4, 4);
    checksum.update(fake, 12, 8);
    ByteBuffer.wrap(fake).putInt(8, (int) checksum.getValue());
    LogBatch hostile = LogBatch.ofCompanion(new Companion("deployments", "m", fake));
    try (Spool spool = Spool.open(settings, metrics)) {
      append(spool, hostile);
      append(spool, "b");
    }
    flip(segments().get(0), 13);

    try (Spool spool = Spool.open(settings, metrics)) {
      assertThat(read(spool, 0)).containsExactly("b");
    }
  }

  @Test
  void damageInTheLastFileIsNoTornEnd() throws Exception {
    try (Spool spool = Spool.open(settings, metrics)) {
      append(spool, "a");
      append(spool, "b");
      append(spool, "c");
    }
    int size = SpoolFrame.encode(Batches.of("a"), 7).remaining();
    flip(segments().get(0), size + 20);

    try (Spool spool = Spool.open(settings, metrics)) {
      append(spool, "d");

      assertThat(read(spool, 0)).containsExactly("a", "c", "d");
    }
  }

  @Test
  void moreThanItIsMeantToHoldIsRefusedUntilKafkaHasSome() throws Exception {
    settings = new SpoolSettings(folder, 1_000, 500);
    try (Spool spool = Spool.open(settings, metrics)) {
      int taken = 0;
      while (spool.offer(SpoolFrame.encode(Batches.of("e"), 7)) != null) {
        spool.writeWaiting(SpoolTest::complete);
        taken++;
      }
      SpoolReader reader = new SpoolReader(spool, metrics);
      spool.forwarded(reader.read(0, 1_000).next(), reader.damaged());

      assertThat(taken).isBetween(2, 10);
      assertThat(spool.offer(SpoolFrame.encode(Batches.of("e"), 7))).isNotNull();
      reader.close();
    }
  }

  @Test
  void oneProcessHasIt() throws Exception {
    try (Spool spool = Spool.open(settings, metrics)) {
      assertThat(spool.isClosed()).isFalse();
      assertThatThrownBy(() -> Spool.open(settings, metrics))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another collector");
    }
  }

  private static void append(Spool spool, String id) throws InterruptedException {
    append(spool, Batches.of(id));
  }

  private static void append(Spool spool, LogBatch batch) throws InterruptedException {
    CompletableFuture<Void> written = spool.offer(SpoolFrame.encode(batch, 7));
    spool.writeWaiting(SpoolTest::complete);
    assertThat(written).isCompleted();
  }

  private static void complete(List<CompletableFuture<Void>> written, IOException failure) {
    assertThat(failure).isNull();
    written.forEach(each -> each.complete(null));
  }

  private List<String> read(Spool spool, long from) throws IOException {
    List<String> ids = new ArrayList<>();
    try (SpoolReader reader = new SpoolReader(spool, metrics)) {
      long place = from;
      for (SpoolReader.Window window = reader.read(place, 500);
          window.next() > place;
          window = reader.read(place, 500)) {
        ids.addAll(Batches.ids(window.batches()));
        place = window.next();
      }
    }
    return ids;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
    }
  }

  private static void flip(Path file, long place) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, place);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), place);
    }
  }
}
