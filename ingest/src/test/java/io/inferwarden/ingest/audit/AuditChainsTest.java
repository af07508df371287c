package io.inferwarden.ingest.audit;

import static io.inferwarden.ingest.audit.AuditEntries.START_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditChainsTest {
  private final AuditSigner signer = AuditEntries.signer(1);
  private final AuditRecordReader reader = new AuditRecordReader();

  private AuditChains chains(long seed) {
    return new AuditChains(
        "collector-1",
        signer,
        new AuditChains.Settings(3, Duration.ofSeconds(10)),
        START_MILLIS,
        new Random(seed));
  }

  private AuditRecord read(byte[] json) {
    AuditRecord record = reader.read(json);
    assertThat(record).as(new String(json, StandardCharsets.UTF_8)).isNotNull();
    return java.util.Objects.requireNonNull(record);
  }

  @Test
  void writesEveryFieldAsItWas() {
    AuditEntry entry = AuditEntries.entry(21);

    AuditRecord record = read(chains(1).append(4, entry));

    assertThat(record.isIntact()).isTrue();
    assertThat(record.writer()).isEqualTo("collector-1");
    assertThat(record.chain()).startsWith("collector-1.");
    assertThat(record.partition()).isEqualTo(4);
    assertThat(record.sequence()).isZero();
    assertThat(record.number(AuditField.TIME)).isEqualTo(entry.timeMillis());
    assertThat(record.number(AuditField.RECEIVED)).isEqualTo(entry.receivedAtMillis());
    assertThat(texts(record))
        .containsExactly(
            entry.id(),
            entry.source(),
            entry.client(),
            entry.tenant(),
            entry.principal(),
            entry.nextPrincipal(),
            entry.model(),
            entry.version(),
            entry.digest(),
            entry.operation(),
            entry.status(),
            entry.inputFingerprint(),
            entry.outputFingerprint());
  }

  private static List<@Nullable String> texts(AuditRecord record) {
    return java.util.Arrays.asList(
        record.text(AuditField.ID),
        record.text(AuditField.SOURCE),
        record.text(AuditField.CLIENT),
        record.text(AuditField.TENANT),
        record.text(AuditField.PRINCIPAL),
        record.text(AuditField.NEXT_PRINCIPAL),
        record.text(AuditField.MODEL),
        record.text(AuditField.VERSION),
        record.text(AuditField.DIGEST),
        record.text(AuditField.OPERATION),
        record.text(AuditField.STATUS),
        record.text(AuditField.INPUT_FINGERPRINT),
        record.text(AuditField.OUTPUT_FINGERPRINT));
  }

  @Test
  void escapesWhatJsonAndTerminalsWouldObey() {
    AuditEntry entry = AuditEntries.strange();

    byte[] json = chains(1).append(0, entry);

    AuditRecord record = read(json);
    assertThat(record.isIntact()).isTrue();
    assertThat(record.eventId()).isEqualTo(entry.id());
    assertThat(record.text(AuditField.SOURCE)).isEqualTo(entry.source());
    assertThat(record.text(AuditField.CLIENT)).isEqualTo(entry.client());
    assertThat(record.text(AuditField.TENANT)).isEqualTo("half \uFFFD of a pair");
    assertThat(record.text(AuditField.MODEL)).isEqualTo(entry.model());
    for (byte value : json) {
      assertThat(value).isNotIn((byte) 10, (byte) 1, (byte) 127);
    }
  }

  @Test
  void linksEachRecordToTheOneBefore() {
    AuditChains chains = chains(1);

    AuditRecord first = read(chains.append(0, AuditEntries.entry(1)));
    AuditRecord second = read(chains.append(0, AuditEntries.entry(2)));
    AuditRecord elsewhere = read(chains.append(9, AuditEntries.entry(3)));

    assertThat(first.text(AuditField.FOLLOWS)).isEqualTo("genesis");
    assertThat(first.previous()).containsOnly(0);
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(second.sequence()).isEqualTo(1);
    assertThat(elsewhere.sequence()).isZero();
  }

  @Test
  void signsAfterSoManyRecordsOrSoMuchTime() {
    AuditChains chains = chains(1);
    chains.append(0, AuditEntries.entry(1));
    chains.append(1, AuditEntries.entry(2));

    assertThat(chains.dueCheckpoints(START_MILLIS + 9_999)).isEmpty();
    assertThat(chains.dueCheckpoints(START_MILLIS + 10_000))
        .extracting(AuditChains.Checkpoint::partition)
        .containsExactly(0, 1);
    assertThat(chains.dueCheckpoints(START_MILLIS + 30_000)).isEmpty();

    for (int i = 0; i < 3; i++) {
      chains.append(1, AuditEntries.entry(i));
    }
    AuditChains.Checkpoint due = chains.dueCheckpoints(START_MILLIS + 10_001).get(0);
    AuditRecord checkpoint = read(due.json());

    assertThat(due.partition()).isEqualTo(1);
    assertThat(checkpoint.isEvent()).isFalse();
    assertThat(checkpoint.isIntact()).isTrue();
    assertThat(checkpoint.sequence()).isEqualTo(5);
    assertThat(checkpoint.number(AuditField.EVENTS)).isEqualTo(4);
    assertThat(checkpoint.isSignedBy(signer.publicKey())).isTrue();
    assertThat(checkpoint.isSignedBy(AuditEntries.signer(2).publicKey())).isFalse();
    assertThat(checkpoint.isLast()).isFalse();
  }

  @Test
  void closesEveryChainThatHasRecords() {
    AuditChains chains = chains(1);
    chains.append(2, AuditEntries.entry(1));

    List<AuditChains.Checkpoint> closing = chains.closingCheckpoints(START_MILLIS + 1);

    assertThat(closing).hasSize(1);
    assertThat(read(closing.get(0).json()).isLast()).isTrue();
    assertThat(read(closing.get(0).json()).isSignedBy(signer.publicKey())).isTrue();
  }

  @Test
  void takesBackWhatWasNotCommitted() {
    AuditChains chains = chains(1);
    byte[] kept = chains.append(0, AuditEntries.entry(1));
    chains.commit();
    for (int i = 2; i < 6; i++) {
      chains.append(0, AuditEntries.entry(i));
      chains.append(1, AuditEntries.entry(i));
    }
    chains.dueCheckpoints(START_MILLIS + 10_000);
    chains.rollback();

    AuditRecord next = read(chains.append(0, AuditEntries.entry(9)));
    AuditRecord other = read(chains.append(1, AuditEntries.entry(10)));

    assertThat(chains.position(0)).isEqualTo(1);
    assertThat(next.sequence()).isEqualTo(1);
    assertThat(next.previous()).isEqualTo(read(kept).hash());
    assertThat(other.text(AuditField.FOLLOWS)).isEqualTo("genesis");
    assertThat(chains.dueCheckpoints(START_MILLIS + 10_000)).hasSize(2);
  }

  @Test
  void followsTheLastRecordOfAnEarlierLife() {
    byte[] last = chains(1).append(0, AuditEntries.entry(1));
    AuditChains later = chains(2);

    assertThat(later.resume(0, last)).isTrue();
    AuditRecord first = read(later.append(0, AuditEntries.entry(2)));

    AuditRecord.Follows follows = first.follows();
    assertThat(follows).isEqualTo(new AuditRecord.Follows(read(last).chain(), 0));
    assertThat(first.previous()).isEqualTo(read(last).hash());
    assertThat(first.chain()).isNotEqualTo(read(last).chain());
    assertThatThrownBy(() -> later.resume(0, last)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void followsNoRecordThatIsNotItsOwnAndIntact() {
    byte[] last = chains(1).append(0, AuditEntries.entry(1));
    byte[] changed =
        new String(last, StandardCharsets.UTF_8)
            .replace("evt-1", "evt-2")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(chains(2).resume(1, last)).isFalse();
    assertThat(chains(2).resume(0, changed)).isFalse();
    assertThat(chains(2).resume(0, new byte[] {'x'})).isFalse();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new AuditChains.Settings(0, Duration.ofSeconds(1)))
        .hasMessage("records must be from 1 to 1000000, was 0");
    assertThatThrownBy(() -> new AuditChains.Settings(1, Duration.ZERO))
        .hasMessage("time must be >= 1 ms, was PT0S");
  }
}
