package io.inferwarden.ingest.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chains of one partition, and what they say of each other. */
final class PartitionCheck {
  /** More writers, or lives of one, than any deployment has in the time of a topic. */
  private static final int MOST_CHAINS = 10_000;

  private final Verification verification;
  private final int partition;
  private final Map<String, AuditHead> expected;
  private final Map<String, ChainCheck> chains = new LinkedHashMap<>();
  private long startOffset;
  private long read;

  PartitionCheck(Verification verification, int partition) {
    this.verification = verification;
    this.partition = partition;
    this.expected = verification.settings.expectedIn(partition);
  }

  void startsAt(long offset) {
    startOffset = offset;
  }

  void accept(@Nullable AuditRecord record, long offset) {
    read++;
    if (record == null) {
      verification.report(
          new AuditFinding(
              AuditFinding.Kind.NOT_A_RECORD, partition, offset, "", -1, "", "is no audit record"));
    } else if (record.isIntact() && record.partition() != partition) {
      report(AuditFinding.Kind.MOVED, record, offset, "belongs to partition " + record.partition());
    } else {
      ChainCheck known = chains.get(record.chain());
      if (known == null && chains.size() >= MOST_CHAINS) {
        report(
            AuditFinding.Kind.INSERTED,
            record,
            offset,
            "is of one chain more than the " + MOST_CHAINS + " that are followed");
        return;
      }
      ChainCheck check = known == null ? begin(record) : known;
      check.accept(record, offset, read);
    }
  }

  private ChainCheck begin(AuditRecord record) {
    ChainCheck begun =
        new ChainCheck(verification, partition, record, expected.get(record.chain()));
    chains.put(record.chain(), begun);
    return begun;
  }

  private void report(AuditFinding.Kind kind, AuditRecord record, long offset, String detail) {
    verification.report(
        new AuditFinding(
            kind, partition, offset, record.chain(), record.sequence(), record.eventId(), detail));
  }

  void finish() {
    chains.values().forEach(ChainCheck::finish);
    List<ChainCheck> latestFirst = new ArrayList<>(chains.values());
    latestFirst.removeIf(chain -> chain.first() == null);
    latestFirst.sort(Comparator.comparingLong(PartitionCheck::firstOrder).reversed());
    latestFirst.stream().filter(ChainCheck::isProven).forEach(this::link);
    latestFirst.forEach(this::requireSignature);
    expected.values().forEach(this::requireChain);
  }

  private static long firstOrder(ChainCheck chain) {
    return Objects.requireNonNull(chain.first()).order;
  }

  /** Holds a chain that is proven against the one that it follows. */
  private void link(ChainCheck chain) {
    Placed first = Objects.requireNonNull(chain.first());
    if (first.sequence > 0) {
      return;
    }
    AuditRecord.Follows follows = chain.follows();
    if (follows == null) {
      requireNoEarlierLife(chain, first);
      return;
    }
    ChainCheck followed = chains.get(follows.chain());
    if (followed != null) {
      followed.followedBy(chain, follows.sequence(), first.previous);
    } else if (verification.settings.fromStart()) {
      verification.report(
          new AuditFinding(
              AuditFinding.Kind.TRUNCATED,
              partition,
              first.offset,
              follows.chain(),
              follows.sequence(),
              "",
              "the chain that " + chain.chain() + " follows is missing"));
    }
  }

  private void requireNoEarlierLife(ChainCheck chain, Placed first) {
    for (ChainCheck other : chains.values()) {
      if (other.writer().equals(chain.writer())
          && other.isProven()
          && firstOrder(other) < first.order) {
        chain.report(
            AuditFinding.Kind.INSERTED,
            first,
            "begins anew, although " + other.chain() + " of the same writer stands before it");
        return;
      }
    }
  }

  /** A chain of which nobody has signed anything for long is nobody's. */
  private void requireSignature(ChainCheck chain) {
    ChainReport report = chain.toReport();
    Placed first = chain.first();
    AuditVerifier.Settings settings = verification.settings;
    if (report != null
        && first != null
        && !chain.isProven()
        && chain.hasUnreported()
        && report.lastMillis() < settings.nowMillis() - settings.unsignedGrace().toMillis()) {
      chain.report(
          AuditFinding.Kind.INSERTED,
          first,
          "begins a chain of which no trusted key has signed anything");
    }
  }

  private void requireChain(AuditHead wanted) {
    ChainCheck chain = chains.get(wanted.chain());
    if ((chain == null || chain.first() == null) && wanted.offset() >= startOffset) {
      verification.report(
          new AuditFinding(
              AuditFinding.Kind.TRUNCATED,
              partition,
              -1,
              wanted.chain(),
              wanted.sequence(),
              "",
              "the chain had reached this at an export, and is missing"));
    }
  }

  List<ChainReport> reports() {
    return chains.values().stream()
        .map(ChainCheck::toReport)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }
}
