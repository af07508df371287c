package io.inferwarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.door.KeyEpoch;
import io.inferwarden.ingest.door.KeyRing;
import io.inferwarden.ingest.door.PseudonymDomain;
import io.inferwarden.ingest.door.Pseudonyms;
import io.inferwarden.ingest.door.Secret;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PseudonymCommandTest {
  private static final KeyEpoch FIRST =
      new KeyEpoch(
          "2026-1",
          Instant.parse("2026-01-01T00:00:00Z"),
          Duration.ZERO,
          Secret.parse("000102030405060708090a0b0c0d0e0f"));
  private static final KeyEpoch SECOND =
      new KeyEpoch(
          "2026-2",
          Instant.parse("2026-04-01T00:00:00Z"),
          Duration.ofDays(7),
          Secret.parse("101112131415161718191a1b1c1d1e1f"));
  private static final KeyRing RING = KeyRing.of(List.of(FIRST, SECOND));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysThePseudonymOfEachEpochAndWhenItIsInForce() {
    int exitCode = run("", "alice@example.com", "--config", "run.yaml");

    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            pseudonym(FIRST, "default", PseudonymDomain.PRINCIPAL, "alice@example.com")
                + "  epoch 2026-1, in force until 2026-04-08T00:00:00Z",
            pseudonym(SECOND, "default", PseudonymDomain.PRINCIPAL, "alice@example.com")
                + "  epoch 2026-2, in force from 2026-04-08T00:00:00Z; beside the one before in"
                + " the audit from 2026-04-01T00:00:00Z");
  }

  @Test
  void readsTheNameFromTheStandardInputSoThatNoHistoryKeepsIt() {
    int exitCode = run("älice\nbob\n", "-", "--tenant", "acme", "--config", "run.yaml");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .startsWith(pseudonym(FIRST, "acme", PseudonymDomain.PRINCIPAL, "älice") + "  ")
        .doesNotContain("älice")
        .hasLineCount(2);
  }

  @Test
  void knowsEveryDomain() {
    for (PseudonymDomain domain : PseudonymDomain.values()) {
      run("", "203.0.113.7:81", "--domain", domain.code(), "--config", "run.yaml");

      assertThat(out.toString()).contains(pseudonym(FIRST, "default", domain, "203.0.113.7:81"));
    }
  }

  @Test
  void refusesWhatIsNoNameOrDomain() {
    assertThat(run("", "-", "--config", "run.yaml")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run("", "n".repeat(257), "--config", "run.yaml")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run("", "a", "--domain", "user", "--config", "run.yaml"))
        .isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString())
        .contains("NAME must be 1 to 256 characters, not all blank")
        .contains("--domain must be principal, org, address or network, was user");
    assertThat(run("", "a")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMissingConfigurationIsSaidInOneLine() {
    assertThat(run("", "a", "--config", "missing.yaml")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().strip()).isEqualTo("No such file: missing.yaml");
  }

  private int run(String input, String... words) {
    PseudonymCommand.KeyRings keys =
        config -> {
          if (config.equals(Path.of("missing.yaml"))) {
            throw new NoSuchFileException("missing.yaml");
          }
          return RING;
        };
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return new CommandLine(new PseudonymCommand(keys, new ByteArrayInputStream(bytes)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(new ExplainFailure())
        .execute(words);
  }

  private static String pseudonym(
      KeyEpoch epoch, String tenant, PseudonymDomain domain, String name) {
    return new Pseudonyms(RING).of(epoch, tenant, domain, name);
  }
}
