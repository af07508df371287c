package io.inferwarden.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.inferwarden.ingest.EventParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileReaderTest {
  @TempDir private Path directory;

  @Test
  void readsLinesWithEitherLineBreakAndAnUnfinishedLast() throws IOException {
    assertThat(read(file("a\nb\r\nc\rc\nd"))).containsExactly("1:a", "2:b", "3:c\rc", "4:d");
  }

  @Test
  void passesOverBlankLinesButCountsThem() throws IOException {
    try (EventFileReader reader = EventFileReader.open(file("\n \t\r\n\r\na\n\n\nb\n\n"))) {
      assertThat(read(reader)).containsExactly("4:a", "7:b");
      assertThat(reader.blankLines()).isEqualTo(6);
    }
  }

  @Test
  void readsNothingFromAnEmptyFile() throws IOException {
    try (EventFileReader reader = EventFileReader.open(file(""))) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).isFalse();
      assertThat(reader.fractionRead()).isEqualTo(1);
    }
  }

  @Test
  void readsTheSameLinesFromPlainGzipAndZstdWhateverTheName() throws IOException {
    byte[] text = randomLines(3000);

    List<String> plain = read(file(text));

    assertThat(plain).hasSize(3000);
    assertThat(read(file(gzip(text)))).isEqualTo(plain);
    assertThat(read(file(Zstd.compress(text)))).isEqualTo(plain);
  }

  @Test
  void readsEveryMemberOfAConcatenatedFile() throws IOException {
    byte[] first = "a\nb".getBytes(StandardCharsets.UTF_8);
    byte[] second = "c\nd\n".getBytes(StandardCharsets.UTF_8);

    assertThat(read(file(join(gzip(first), gzip(second))))).containsExactly("1:a", "2:bc", "3:d");
    assertThat(read(file(join(Zstd.compress(first), Zstd.compress(second)))))
        .containsExactly("1:a", "2:bc", "3:d");
  }

  @Test
  void acceptsALineOfTheMaximumLength() throws IOException {
    String longest = "x".repeat(EventParser.MAXIMUM_BYTES);
    try (EventFileReader reader = EventFileReader.open(file("a\n" + longest + "\r\nb"))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isTrue();
      assertThat(reader.length()).isEqualTo(EventParser.MAXIMUM_BYTES);
      assertThat(reader.isTooLong()).isFalse();
      assertThat(reader.next()).isTrue();
      assertThat(reader.line()[reader.offset()]).isEqualTo((byte) 'b');
    }
  }

  @Test
  void cutsOffAndFlagsLongerLinesAndReadsOn() throws IOException {
    int maximum = EventParser.MAXIMUM_BYTES;
    String text =
        "a\n"
            + "x".repeat(maximum + 1)
            + "\r\nb\n"
            + "y".repeat(5 * maximum)
            + "\nc\n"
            + "z".repeat(maximum + 2);
    List<String> seen = new ArrayList<>();
    try (EventFileReader reader = EventFileReader.open(file(gzip(bytes(text))))) {
      while (reader.next()) {
        char first = (char) reader.line()[reader.offset()];
        seen.add(reader.lineNumber() + ":" + first + reader.length() + reader.isTooLong());
        assertThat(reader.line().length).isLessThanOrEqualTo(maximum + 2);
      }
    }

    assertThat(seen)
        .containsExactly(
            "1:a1false",
            "2:x" + maximum + "true",
            "3:b1false",
            "4:y" + maximum + "true",
            "5:c1false",
            "6:z" + maximum + "true");
  }

  @Test
  void namesFileAndLineWhenAGzipFileIsTruncated() throws IOException {
    byte[] whole = gzip(randomLines(3000));
    Path file = file(Arrays.copyOf(whole, whole.length / 2));
    try (EventFileReader reader = EventFileReader.open(file)) {
      assertThatThrownBy(() -> read(reader))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("line " + (reader.lineNumber() + 1));
      assertThat(reader.lineNumber()).isGreaterThan(100);
    }
  }

  @Test
  void namesFileAndLineWhenAZstdFileIsTruncated() throws IOException {
    byte[] whole = Zstd.compress(randomLines(30_000));
    Path file = file(Arrays.copyOf(whole, whole.length / 2));
    try (EventFileReader reader = EventFileReader.open(file)) {
      assertThatThrownBy(() -> read(reader))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString() + ": line ");
    }
  }

  @Test
  void namesTheFileThatIsNotThereOrNotGzip() throws IOException {
    Path missing = directory.resolve("missing.jsonl");
    Path stump = file(new byte[] {0x1f, (byte) 0x8b, 8});

    assertThatThrownBy(() -> EventFileReader.open(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing.jsonl");
    assertThatThrownBy(() -> EventFileReader.open(stump))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(stump.toString());
  }

  @Test
  void knowsHowMuchOfTheFileHasBeenRead() throws IOException {
    try (EventFileReader reader = EventFileReader.open(file(gzip(randomLines(50_000))))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.fractionRead()).isBetween(0.0, 0.3);
      read(reader);
      assertThat(reader.fractionRead()).isEqualTo(1);
    }
  }

  private Path file(String text) throws IOException {
    return file(bytes(text));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "events", ".data"), bytes);
  }

  private static List<String> read(Path file) throws IOException {
    try (EventFileReader reader = EventFileReader.open(file)) {
      return read(reader);
    }
  }

  private static List<String> read(EventFileReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      String line =
          new String(reader.line(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
      lines.add(reader.lineNumber() + ":" + line);
    }
    return lines;
  }

  private static byte[] randomLines(int count) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("{\"n\":").append(random.nextLong()).append("}\n");
    }
    return bytes(text.toString());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
