package io.inferwarden.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of tampering is caught, and named at the record where it was done. */
class TamperingTest {
  private static final int ROUNDS = 12;

  private static final int LOGS = 5;
  private static final int PER_MESSAGE = 3;
  private static final AuditSigner SIGNER = AuditEntries.signer(1);

  private static List<AuditLog> logs = List.of();

  @BeforeAll
  static void write() {
    logs = LongStream.range(0, LOGS).mapToObj(seed -> AuditLog.written(seed, SIGNER)).toList();
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void isCaughtWhereverItIsPlanted(Tampering kind) {
    Random random = new Random(20_26);
    for (int round = 0; round < ROUNDS; round++) {
      AuditLog log = logs.get(round % LOGS).copy();
      Tampering.Target at = kind.target(log, random);

      Tampering.Done done = kind.tamper(at);
      AuditLog.Verified verified = log.verify(SIGNER.publicKey(), true, List.of());

      assertThat(verified.findings())
          .as("round %d at %s of partition %d", round, at.offset(), at.partition())
          .anyMatch(found -> names(found, kind, done))
          .hasSizeLessThan(12);
    }
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void isNamedTheSameWhereMessagesHoldManyRecords(Tampering kind) {
    AuditLog log = logs.get(0).copy();
    kind.tamper(kind.target(log, new Random(7)));

    AuditLog.Verified alone = log.verify(SIGNER.publicKey(), true, List.of());
    AuditLog.Verified packed = log.verifyPacked(SIGNER.publicKey(), PER_MESSAGE);

    assertThat(packed.findings())
        .isNotEmpty()
        .isEqualTo(alone.findings().stream().map(TamperingTest::inItsMessage).toList());
  }

  private static AuditFinding inItsMessage(AuditFinding found) {
    return new AuditFinding(
        found.kind(),
        found.partition(),
        found.offset() < 0 ? found.offset() : found.offset() / PER_MESSAGE,
        found.chain(),
        found.sequence(),
        found.eventId(),
        found.detail());
  }

  private static boolean names(AuditFinding found, Tampering kind, Tampering.Done done) {
    return kind.isCaughtAs(found.kind())
        && (done.offsets().isEmpty()
            ? found.sequence() == done.sequence()
            : done.offsets().contains(found.offset()));
  }
}
