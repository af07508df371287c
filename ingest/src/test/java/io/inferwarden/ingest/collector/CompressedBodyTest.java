package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedBodyTest {
  private Collectors collector;

  @BeforeEach
  void start() throws Exception {
    collector = Collectors.start();
  }

  @AfterEach
  void stop() {
    collector.close();
    assertThat(collector.server.memoryInUseBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "GZIP", "identity"})
  void takesPackedBodies(String coding) throws Exception {
    byte[] lines = (EVENT + "\n").repeat(50).getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> answer = post(packed(coding, lines), coding);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(collector.log.events()).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "aes"})
  void saysWhichCodingsItKnows(String coding) throws Exception {
    HttpResponse<String> answer = post(new byte[] {1, 2, 3}, coding);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("gzip, zstd or identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void refusesWhatIsNotPackedThatWayOrCutOff(String coding) throws Exception {
    byte[] whole = packed(coding, (EVENT + "\n").repeat(50).getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> plain = post(EVENT.getBytes(StandardCharsets.UTF_8), coding);
    HttpResponse<String> half = post(Arrays.copyOf(whole, whole.length / 2), coding);
    HttpResponse<String> empty = post(new byte[0], coding);

    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(plain.body()).contains("corrupt_encoding");
    assertThat(half.statusCode()).isEqualTo(400);
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(collector.log.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void stopsUnpackingBombs(String coding) throws Exception {
    byte[] small = packed(coding, new byte[3 << 20]);
    byte[] large = packed(coding, new byte[200 << 20]);

    HttpResponse<String> tooWellPacked = post(small, coding);
    HttpResponse<String> tooLarge = post(large, coding);

    assertThat(tooWellPacked.statusCode()).isEqualTo(413);
    assertThat(tooWellPacked.body()).contains("too_well_compressed");
    assertThat(tooLarge.statusCode()).isEqualTo(413);
  }

  @Test
  void refusesZstdWindowsThatWouldTakeMuchMemory() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes, 1)) {
      out.setLong(27);
      out.write((EVENT + "\n").getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> answer = post(bytes.toByteArray(), "zstd");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("a window of at most 8 MiB");
  }

  @Test
  void takesFilesThatToolsPackedAndCurlSends(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Stream.of("curl", "gzip", "zstd").allMatch(CompressedBodyTest::isThere));
    Path lines = folder.resolve("events.jsonl");
    Files.writeString(lines, (EVENT + "\n").repeat(500));
    run("gzip", "-k", lines.toString());
    run("zstd", "-q", "-19", lines.toString());

    String gzip = curl(lines + ".gz", "gzip");
    String zstd = curl(lines + ".zst", "zstd");
    String plain = curl(lines.toString(), "identity");

    String all = "{\"accepted\":500,\"rejected\":0,\"skipped\":0,\"held\":0} 202";
    assertThat(List.of(gzip, zstd, plain)).containsOnly(all);
    assertThat(collector.log.events()).hasSize(1500);
  }

  private String curl(String file, String coding) throws Exception {
    return run(
        "curl",
        "-sS",
        "-w",
        " %{http_code}",
        "-H",
        "Content-Type: application/x-ndjson",
        "-H",
        "Content-Encoding: " + coding,
        "--data-binary",
        "@" + file,
        collector.uri("/v1/events").toString());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private HttpResponse<String> post(byte[] body, String coding) throws Exception {
    return collector.post("/v1/events", body, "Content-Encoding", coding);
  }

  private static byte[] packed(String coding, byte[] plain) throws IOException {
    if (coding.equals("identity")) {
      return plain;
    }
    if (coding.equals("zstd")) {
      return Zstd.compress(plain);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
