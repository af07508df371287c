package io.inferwarden.ingest.collector.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.door.KeptText;
import io.inferwarden.ingest.fuzz.FuzzRun;
import io.inferwarden.ingest.fuzz.FuzzShare;
import io.inferwarden.ingest.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of the spool and its segments, of which a broken disk may have made anything. */
class SpoolFuzzTest {
  private static final int MARK = 0x49577331;
  private static final int HEAD_BYTES = 12;
  private static final LogBatch BATCH =
      new LogBatch(
          List.of(
              Batches.event("a", null),
              Batches.event("b", new KeptText("b", 3, "m", "p", "asked: \u20ac", null))),
          List.of(Batches.companion(), new Companion("feedback", "p", "{}".getBytes(UTF_8))),
          0);

  @TempDir private Path folder;
  private FileChannel segment;

  @BeforeEach
  void open() throws IOException {
    segment =
        FileChannel.open(
            folder.resolve("segment"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @AfterEach
  void close() throws IOException {
    segment.close();
  }

  @Test
  void failsAtNoBatchButAsItSays() throws Exception {
    FuzzRun.run(batches());
  }

  @Test
  void theCorpusOfBatchesComesOutAsItDid() throws Exception {
    FuzzRun.replay(batches());
  }

  @Test
  void failsAtNoSegmentButAsItSays() throws Exception {
    FuzzRun.run(segments());
  }

  @Test
  void theCorpusOfSegmentsComesOutAsItDid() throws Exception {
    FuzzRun.replay(segments());
  }

  private static FuzzTarget batches() {
    return new FuzzTarget(
        FuzzShare.SPOOLED_BATCHES,
        List.of(
            BatchCodec.encode(BATCH),
            BatchCodec.encode(Batches.of("x")),
            BatchCodec.encode(Batches.of()),
            BatchCodec.encode(LogBatch.ofCompanion(Batches.companion()))),
        SpoolFuzzTest::decode);
  }

  private FuzzTarget segments() {
    return new FuzzTarget(
        FuzzShare.SPOOL_SEGMENTS,
        List.of(
            joined(SpoolFrame.encode(BATCH, 7)),
            joined(
                SpoolFrame.encode(Batches.of("x", "y"), 7),
                SpoolFrame.encode(LogBatch.ofCompanion(Batches.companion()), 8),
                SpoolFrame.encode(Batches.of("z"), 9))),
        this::walk);
  }

  private static void decode(byte[] input, Consumer<String> outcomes) throws IOException {
    LogBatch batch;
    try {
      batch = BatchCodec.decode(input, 0, input.length);
    } catch (IOException refused) {
      outcomes.accept(String.valueOf(refused.getMessage()).replaceAll("-?\\d+", "N"));
      return;
    }
    byte[] encoded = BatchCodec.encode(batch);
    LogBatch again = BatchCodec.decode(encoded, 0, encoded.length);
    if (again.size() != batch.size()) {
      throw new AssertionError("a batch must stay the same");
    }
    outcomes.accept("a batch of " + (batch.size() == 0 ? "none" : "some"));
  }

  /** Goes through a segment as the reader does; every other one has checksums that are right. */
  private void walk(byte[] input, Consumer<String> outcomes) throws IOException {
    byte[] bytes = input.length % 2 == 0 ? input : mended(input);
    segment.truncate(0);
    segment.write(ByteBuffer.wrap(bytes), 0);
    long place = 0;
    while (place < bytes.length) {
      SpoolFrame frame;
      try {
        frame = SpoolFrame.read(segment, place, bytes.length);
      } catch (IOException noBatch) {
        outcomes.accept("intact, but no batch");
        return;
      }
      outcomes.accept(frame == null ? "damage" : "a frame");
      long next =
          frame == null ? SpoolFrame.next(segment, place + 1, bytes.length) : place + frame.size();
      if (next <= place) {
        throw new AssertionError("must go on from " + place + ", went to " + next);
      }
      place = next;
    }
    outcomes.accept("the end");
  }

  private static byte[] mended(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input.clone());
    for (int i = 0; i + HEAD_BYTES + Long.BYTES <= bytes.limit(); i++) {
      int length = bytes.getInt(i + 4);
      if (bytes.getInt(i) == MARK && length >= 8 && length <= bytes.limit() - i - HEAD_BYTES) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), i + 4, 4);
        checksum.update(bytes.array(), i + HEAD_BYTES, length);
        bytes.putInt(i + 8, (int) checksum.getValue());
      }
    }
    return bytes.array();
  }

  private static byte[] joined(ByteBuffer... frames) {
    int size = 0;
    for (ByteBuffer frame : frames) {
      size += frame.remaining();
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (ByteBuffer frame : frames) {
      all.put(frame);
    }
    return all.array();
  }
}
