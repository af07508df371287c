package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PseudonymsTest {
  private final KeyRing ring = TestKeys.ring();
  private final KeyEpoch first = ring.epochs().get(0);
  private final KeyEpoch second = ring.epochs().get(1);
  private final Pseudonyms pseudonyms = new Pseudonyms(ring);

  /** Rows of pseudonym_reference_values.py. */
  static List<String> referenceRows() throws IOException {
    try (InputStream rows =
        PseudonymsTest.class.getResourceAsStream("pseudonym-reference-values.txt")) {
      return new String(Objects.requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("referenceRows")
  void agreesWithHmacOfPython(String row) {
    String[] columns = row.split("\\|", -1);
    Secret secret = Secret.of(HexFormat.of().parseHex(columns[0]));
    KeyEpoch epoch = new KeyEpoch("e", Instant.EPOCH, Duration.ZERO, secret);
    PseudonymDomain domain = Objects.requireNonNull(PseudonymDomain.ofCode(columns[2]));
    Pseudonyms of = new Pseudonyms(KeyRing.of(List.of(epoch)));

    assertThat(domain.spelled(columns[3])).isEqualTo(columns[4]);
    assertThat(of.of(epoch, columns[1], domain, columns[3])).isEqualTo(columns[5]);
  }

  @ParameterizedTest
  @EnumSource
  void theSameNameGivesTheSamePseudonymAlsoInAnotherThread(PseudonymDomain domain) {
    String pseudonym = pseudonyms.of(first, "t", domain, "alice");

    assertThat(pseudonym).matches(domain.prefix() + "[a-z2-7]{16}").doesNotContain("alice");
    assertThat(pseudonyms.of(first, "t", domain, "alice")).isEqualTo(pseudonym);
    assertThat(new Pseudonyms(ring).of(first, "t", domain, "alice")).isEqualTo(pseudonym);
  }

  @Test
  void differsByTenantDomainEpochAndName() {
    Set<String> seen = new HashSet<>();
    for (KeyEpoch epoch : ring.epochs()) {
      for (String tenant : List.of("t", "u", "t1")) {
        for (PseudonymDomain domain : PseudonymDomain.values()) {
          for (String name : List.of("alice", "Alice", "alice ", "\u001falice", "é", "e\u0301")) {
            String pseudonym = pseudonyms.of(epoch, tenant, domain, name);
            seen.add(pseudonym.substring(2));
          }
        }
      }
    }

    // White space around addresses and networks is no part of them: two names fewer in each of 2
    // epochs, 3 tenants and 2 domains.
    assertThat(seen).hasSize(2 * 3 * 4 * 6 - 2 * 3 * 2 * 2);
  }

  @Test
  void whatIsRememberedIsWhatIsComputed() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 70_000; i++) {
        String name = "account-" + i;
        String remembered = pseudonyms.of(first, "t", PseudonymDomain.PRINCIPAL, name);
        if (i % 7_000 == 0) {
          assertThat(remembered)
              .isEqualTo(new Pseudonyms(ring).of(first, "t", PseudonymDomain.PRINCIPAL, name));
        }
      }
    }
  }

  @Test
  void namesTooLongToRememberHavePseudonymsToo() {
    String name = "n".repeat(256);

    assertThat(pseudonyms.of(second, "t", PseudonymDomain.ORGANISATION, name))
        .isEqualTo(pseudonyms.of(second, "t", PseudonymDomain.ORGANISATION, name))
        .hasSize(18);
  }

  @Test
  void twoHundredThousandNamesHaveAsManyPseudonyms() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      seen.add(pseudonyms.of(first, "t", PseudonymDomain.PRINCIPAL, "user" + i));
    }

    assertThat(seen).hasSize(200_000);
  }

  @Test
  void refusesATenantThatCouldBeMistakenAndAnEpochOfAnotherRing() {
    KeyEpoch other = new KeyEpoch("x", Instant.EPOCH, Duration.ZERO, TestKeys.secret(100));

    assertThatThrownBy(() -> pseudonyms.of(first, "t\u001fp", PseudonymDomain.PRINCIPAL, "a"))
        .hasMessage("tenant must have no control characters");
    assertThatThrownBy(() -> pseudonyms.of(other, "t", PseudonymDomain.PRINCIPAL, "a"))
        .hasMessage("epoch must be of the ring, was x");
  }
}
