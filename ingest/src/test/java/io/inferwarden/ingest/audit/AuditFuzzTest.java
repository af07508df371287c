package io.inferwarden.ingest.audit;

import io.inferwarden.ingest.fuzz.FuzzRun;
import io.inferwarden.ingest.fuzz.FuzzShare;
import io.inferwarden.ingest.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of the audit, and whole logs, of which anything may have been made. */
class AuditFuzzTest {
  private static final AuditSigner SIGNER = AuditEntries.signer(1);

  static List<FuzzTarget> targets() {
    AuditLog log = AuditLog.written(5, SIGNER);
    List<byte[]> logs = new ArrayList<>();
    for (List<byte[]> records : log.partitions) {
      for (int from = 0; from + 8 <= records.size(); from += 8) {
        logs.add(lines(records.subList(from, from + 8)));
      }
    }
    return List.of(
        new FuzzTarget(FuzzShare.AUDIT_RECORDS, log.partitions.get(0), new Reading()),
        new FuzzTarget(FuzzShare.AUDIT_LOGS, logs, AuditFuzzTest::verify));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void failsAtNothingThatIsWritten(FuzzTarget target) throws Exception {
    FuzzRun.run(target);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theCorpusComesOutAsItDid(FuzzTarget target) throws Exception {
    FuzzRun.replay(target);
  }

  /** Reads a record as it is, and with the hash that its bytes have. */
  private static final class Reading implements FuzzTarget.Feeder {
    private final AuditRecordReader reader = new AuditRecordReader();

    @Override
    public void feed(byte[] input, Consumer<String> outcomes) {
      outcomes.accept(kind(reader.read(input)));
      outcomes.accept("with its hash " + kind(reader.read(withItsHash(input))));
    }

    private static String kind(AuditRecord record) {
      if (record == null) {
        return "no record";
      }
      record.follows();
      return (record.isEvent() ? "event" : record.isLast() ? "last checkpoint" : "checkpoint")
          + (record.isIntact() ? "" : ", changed")
          + (record.isSignedBy(SIGNER.publicKey()) ? ", signed" : "");
    }
  }

  /** A record on each line, on two partitions; the last bit of a line says whether it is mended. */
  private static void verify(byte[] input, Consumer<String> outcomes) {
    AuditVerifier verifier =
        new AuditVerifier(
            new AuditVerifier.Settings(
                List.of(SIGNER.publicKey()),
                input.length % 2 == 0,
                AuditEntries.START_MILLIS + Duration.ofDays(1).toMillis(),
                Duration.ofMinutes(10),
                List.of()),
            finding -> outcomes.accept("found " + finding.kind()));
    int from = 0;
    for (int offset = 0; from < input.length; offset++) {
      int end = from;
      while (end < input.length && input[end] != '\n') {
        end++;
      }
      byte[] record = Arrays.copyOfRange(input, from, end);
      boolean isMended = record.length % 2 == 0;
      verifier.accept(record.length % 5 / 4, offset, isMended ? withItsHash(record) : record);
      from = end + 1;
    }
    verifier.finish();
    outcomes.accept(verifier.chains().isEmpty() ? "no chain" : "chains");
  }

  private static byte[] withItsHash(byte[] record) {
    int length = record.length - AuditRecord.HASH_SUFFIX;
    if (length <= 0) {
      return record;
    }
    var digest = Sha256.digest();
    digest.update(record, 0, length);
    byte[] mended = record.clone();
    byte[] hash =
        (",\"hash\":\"" + HexFormat.of().formatHex(digest.digest()) + "\"}")
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(hash, 0, mended, length, hash.length);
    return mended;
  }

  private static byte[] lines(List<byte[]> records) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] record : records) {
      lines.writeBytes(record);
      lines.write('\n');
    }
    return lines.toByteArray();
  }
}
