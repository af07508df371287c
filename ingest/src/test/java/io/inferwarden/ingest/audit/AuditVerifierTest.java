package io.inferwarden.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerifierTest {
  private final AuditSigner signer = AuditEntries.signer(1);
  private final AuditPublicKey key = signer.publicKey();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsNothingInALogThatNobodyTouched(long seed) {
    AuditLog log = AuditLog.written(seed, signer);

    AuditLog.Verified verified = log.verify(key, true, List.of());

    assertThat(verified.findings()).isEmpty();
    assertThat(verified.chains()).hasSize(12);
    assertThat(verified.chains())
        .allSatisfy(
            chain -> {
              assertThat(chain.firstSequence()).isZero();
              assertThat(chain.unproven()).isZero();
              assertThat(chain.keyId()).isEqualTo(key.id());
            });
  }

  @Test
  void saysUntilWhereALogIsProven() {
    AuditLog log = new AuditLog(5, signer);
    AuditChains chains = log.start("one");
    for (int i = 0; i < 20; i++) {
      log.transaction(chains, true);
    }
    while (log.at(0, log.partitions.get(0).size() - 1).isEvent() == false) {
      log.transaction(chains, true);
    }

    AuditLog.Verified verified = log.verify(key, true, List.of());

    ChainReport report = verified.chains().get(0);
    assertThat(verified.findings()).isEmpty();
    assertThat(report.isClosed()).isFalse();
    assertThat(report.unproven()).isPositive();
    assertThat(log.at(0, (int) report.provenSequence()).isEvent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 17, 30, 60})
  void takesWhatRetentionDeletedForNoTampering(int firstOffset) {
    AuditLog log = AuditLog.written(11, signer);

    AuditLog.Verified cut = log.verify(List.of(key), false, List.of(), firstOffset);
    AuditLog.Verified fromStart = log.verify(List.of(key), true, List.of(), firstOffset);

    assertThat(cut.findings()).isEmpty();
    assertThat(cut.chains().get(0).firstSequence()).isPositive();
    assertThat(fromStart.first(AuditFinding.Kind.DROPPED)).isNotNull();
  }

  @Test
  void trustsTheKeysOfARotation() {
    AuditLog log = AuditLog.written(3, signer);
    AuditPublicKey next = AuditEntries.signer(2).publicKey();

    assertThat(log.verify(List.of(next, key), true, List.of(), 0).findings()).isEmpty();
    assertThat(log.verify(next, true, List.of()).findings())
        .isNotEmpty()
        .allMatch(found -> found.kind() == AuditFinding.Kind.UNTRUSTED_KEY);
  }

  @Test
  void findsWhatAnEarlierExportHadMore() {
    AuditLog log = AuditLog.written(4, signer);
    List<AuditHead> heads = log.verify(key, true, List.of()).heads();

    assertThat(log.verify(key, true, heads).findings()).isEmpty();

    AuditLog shorter = log.copy();
    AuditRecord last =
        AuditLog.read(shorter.partitions.get(1).remove(log.partitions.get(1).size() - 1));
    AuditFinding found = shorter.verify(key, true, heads).findings().get(0);

    assertThat(found.kind()).isEqualTo(AuditFinding.Kind.TRUNCATED);
    assertThat(found.chain()).isEqualTo(last.chain());
    assertThat(found.sequence()).isEqualTo(last.sequence() - 1);
  }

  @Test
  void missesAWholeChainThatAnExportKnows() {
    AuditLog log = AuditLog.written(4, signer);
    List<AuditHead> heads = log.verify(key, true, List.of()).heads();
    AuditLog empty = new AuditLog(1, signer);

    assertThat(empty.verify(key, false, heads).findings())
        .hasSize(heads.size())
        .allMatch(found -> found.kind() == AuditFinding.Kind.TRUNCATED);
    assertThat(empty.verify(List.of(key), false, heads, 100_000).findings())
        .as("retention deleted all of it")
        .isEmpty();
  }

  @Test
  void neverFailsOnRecordsThatAreNone() {
    AuditLog log = AuditLog.written(6, signer);
    String sound = new String(log.partitions.get(0).get(7), StandardCharsets.UTF_8);
    List<String> hostile =
        List.of(
            "",
            "{}",
            "null",
            "not json",
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "\t".repeat(1_000),
            "x".repeat(2_000_000),
            sound + " ",
            sound.replace("\"seq\":", "\"seq\":9e99,\"x\":"),
            sound.replace("\"seq\":", "\"seq\":99999999999999999999,\"x\":"),
            sound.replace("\"v\":1", "\"v\":2"),
            sound.replace("\"v\":1", "\"v\":1,\"v\":1"),
            sound.replace("\"prev\":\"", "\"prev\":\"zz"),
            sound.substring(0, sound.length() - 3) + "A\"}",
            sound.replace("\"type\":\"event\"", "\"type\":\"checkpoint\""));
    for (String record : hostile) {
      log.partitions.get(0).add(8, record.getBytes(StandardCharsets.UTF_8));
    }

    AuditLog.Verified verified = log.verify(key, true, List.of());

    assertThat(verified.findings())
        .hasSize(hostile.size())
        .allMatch(found -> found.kind() == AuditFinding.Kind.NOT_A_RECORD);
  }

  @Test
  void staysFastUnderAFloodOfRecordsThatFitNowhere() {
    AuditLog log = AuditLog.written(7, signer);
    AuditRecord model = log.at(0, 3);
    for (int i = 0; i < 20_000; i++) {
      log.partitions.get(0).add(10, Tampering.forged(model, 1_000 + (i * 7919L) % 100_000));
    }

    AuditLog.Verified verified = log.verify(key, true, List.of());

    assertThat(verified.findings()).hasSizeGreaterThan(10_000);
  }
}
