package io.inferwarden.ingest.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows one chain through one partition. While every record follows the one before, it holds only
 * what came since the last checkpoint; otherwise until the checkpoint after the next, by which time
 * what was moved has come, and the {@link SegmentWalk} tells what happened.
 */
final class ChainCheck {
  /** Signed checkpoints that are waited for once something is wrong. */
  private static final int CHECKPOINTS_TO_SETTLE = 2;

  private static final int MOST_KEYS_NAMED = 100;

  private final Verification verification;
  private final int partition;
  private final String chain;
  private final String writer;
  private final @Nullable AuditHead expected;
  private final MissingRecords missing = new MissingRecords();
  private final Set<String> keysNamed = new HashSet<>();

  private List<Placed> waiting = new ArrayList<>();
  private boolean inLine = true;
  private int signedWaiting;

  /** The end of what is settled. */
  private @Nullable Placed anchor;

  /** The end of what is in line. */
  private @Nullable Placed head;

  private @Nullable Placed first;
  private AuditRecord.@Nullable Follows follows;
  private boolean expectedSeen;
  private long provenSequence = -1;
  private long provenMillis;
  private String keyId = "";
  private @Nullable Placed closing;
  private boolean hasUnreported;

  ChainCheck(
      Verification verification, int partition, AuditRecord record, @Nullable AuditHead expected) {
    this.verification = verification;
    this.partition = partition;
    this.chain = record.chain();
    this.writer = record.writer();
    this.expected = expected;
  }

  void accept(AuditRecord record, long offset, long order) {
    Placed placed = new Placed(record, offset, order);
    if (!record.isIntact()) {
      report(AuditFinding.Kind.CHANGED, placed, "its hash is not that of its content");
    } else if (!record.isEvent()) {
      placed.signed = isSigned(record, placed);
    }
    if (record.sequence() == 0 && first == null) {
      follows = record.follows();
    }
    if (closing != null && placed.sequence > closing.sequence) {
      reportOnce(AuditFinding.Kind.INSERTED, placed, "stands after the writer has ended the chain");
    } else if (anchor != null && placed.sequence <= anchor.sequence) {
      late(placed);
    } else {
      add(placed);
      if (placed.signed && record.isLast() && head == placed) {
        closing = placed;
      }
    }
  }

  private boolean isSigned(AuditRecord record, Placed placed) {
    String id = record.text(AuditField.KEY);
    AuditPublicKey key = verification.key(id);
    if (key == null) {
      if (keysNamed.size() < MOST_KEYS_NAMED && keysNamed.add(String.valueOf(id))) {
        report(
            AuditFinding.Kind.UNTRUSTED_KEY,
            placed,
            "is signed by the key " + id + ", not trusted");
      }
      placed.reported = true;
      return false;
    }
    if (!record.isSignedBy(key)) {
      report(AuditFinding.Kind.BAD_SIGNATURE, placed, "is not signed by the key " + id);
      return false;
    }
    keyId = key.id();
    return true;
  }

  private void late(Placed placed) {
    switch (missing.fill(placed)) {
      case FILLS ->
          reportOnce(AuditFinding.Kind.REORDERED, placed, "stands later than it was written");
      case IS_ANOTHER ->
          reportOnce(AuditFinding.Kind.INSERTED, placed, "is not the record that is missing there");
      case NOT_MISSING ->
          reportOnce(
              AuditFinding.Kind.DUPLICATED, placed, "comes again, or its place has been taken");
    }
  }

  private void add(Placed placed) {
    boolean room = verification.hold();
    waiting.add(placed);
    if (first == null) {
      first = placed;
    }
    if (inLine && (head == null || placed.follows(head))) {
      head = placed;
      if (placed.signed) {
        settleInLine();
        prove(placed);
      } else if (!room) {
        settleInLine();
      }
      return;
    }
    inLine = false;
    signedWaiting += placed.signed ? 1 : 0;
    if (signedWaiting >= CHECKPOINTS_TO_SETTLE || !room) {
      settleOutOfLine(!room);
    }
  }

  private void settleInLine() {
    if (anchor == null && verification.settings.fromStart() && waiting.get(0).sequence > 0) {
      Placed lowest = waiting.get(0);
      miss(new MissingRecords.Gap(0, lowest.sequence - 1, lowest.previous, null, lowest));
    }
    confirm(waiting);
    verification.letGo(waiting.size());
    waiting = new ArrayList<>();
  }

  /** Settles until the top; what is above it waits on, unless nothing more will come. */
  private void settleOutOfLine(boolean atEnd) {
    Placed signed = TopChoice.signed(waiting);
    Placed top = signed == null ? TopChoice.likely(anchor, waiting) : signed;
    SegmentWalk walk =
        new SegmentWalk(anchor, waiting, top, verification.settings.fromStart(), this::report);
    walk.gaps().forEach(this::miss);
    confirm(walk.line());
    if (signed != null) {
      prove(signed);
    }
    head = top;
    verification.letGo(waiting.size());
    waiting = new ArrayList<>();
    inLine = true;
    signedWaiting = 0;
    for (Placed above : walk.above()) {
      if (atEnd && signed == null && above.order < top.order) {
        reportOnce(AuditFinding.Kind.INSERTED, above, "is not linked to the chain");
      } else {
        waitOn(above);
      }
    }
  }

  private void waitOn(Placed above) {
    verification.hold();
    waiting.add(above);
    if (inLine && head != null && above.follows(head)) {
      head = above;
    } else {
      inLine = false;
      signedWaiting += above.signed ? 1 : 0;
    }
  }

  /** These stand in the chain, one above the other. */
  private void confirm(List<Placed> line) {
    for (Placed placed : line) {
      hasUnreported |= !placed.reported;
      AuditHead wanted = expected;
      if (wanted != null && wanted.sequence() == placed.sequence) {
        expectedSeen = true;
        if (!HexFormat.of().formatHex(placed.hash).equals(wanted.hash())) {
          reportOnce(
              AuditFinding.Kind.CHANGED, placed, "is not the record that was exported as the head");
        }
      }
    }
    Placed lowest = line.get(0);
    if (first == null || anchor == null) {
      first = lowest;
    }
    anchor = line.get(line.size() - 1);
  }

  private void prove(Placed checkpoint) {
    provenSequence = checkpoint.sequence;
    provenMillis = checkpoint.millis;
  }

  /** No record will come any more. */
  void finish() {
    while (!waiting.isEmpty()) {
      if (inLine) {
        settleInLine();
      } else {
        settleOutOfLine(true);
      }
    }
    missing.gaps().forEach(this::report);
    AuditHead wanted = expected;
    Placed last = anchor;
    if (wanted != null && !expectedSeen && last != null && last.sequence < wanted.sequence()) {
      report(
          AuditFinding.Kind.TRUNCATED,
          last,
          "is the last of the chain, which had reached seq " + wanted.sequence() + " at an export");
    }
  }

  private void miss(MissingRecords.Gap gap) {
    if (!missing.add(gap)) {
      report(gap);
    }
  }

  private void report(MissingRecords.Gap gap) {
    verification.report(
        new AuditFinding(
            AuditFinding.Kind.DROPPED,
            partition,
            gap.after().offset,
            chain,
            gap.from(),
            "",
            gap.describe()));
  }

  /** What another chain, proven from its first record on, says of the end of this one. */
  void followedBy(ChainCheck successor, long sequence, byte[] hash) {
    Placed last = anchor;
    if (last == null) {
      return;
    }
    if (last.sequence < sequence) {
      report(
          AuditFinding.Kind.TRUNCATED,
          last,
          "is the last of the chain, but " + successor.chain + " follows it at seq " + sequence);
    } else if (last.sequence > sequence) {
      reportOnce(
          AuditFinding.Kind.INSERTED,
          last,
          "stands after seq " + sequence + ", at which " + successor.chain + " took over");
    } else if (!last.hasHash(hash)) {
      reportOnce(
          AuditFinding.Kind.FORGED_SUFFIX,
          last,
          "is not the record that " + successor.chain + " was begun after");
    } else if (successor.provenMillis > 0) {
      provenSequence = sequence;
      provenMillis = successor.provenMillis;
    }
  }

  void report(AuditFinding.Kind kind, Placed placed, String detail) {
    placed.reported = true;
    verification.report(
        new AuditFinding(
            kind, partition, placed.offset, chain, placed.sequence, placed.eventId, detail));
  }

  private void reportOnce(AuditFinding.Kind kind, Placed placed, String detail) {
    if (!placed.reported) {
      report(kind, placed, detail);
    }
  }

  String chain() {
    return chain;
  }

  String writer() {
    return writer;
  }

  AuditRecord.@Nullable Follows follows() {
    return follows;
  }

  @Nullable Placed first() {
    return first;
  }

  boolean isProven() {
    return provenSequence >= 0;
  }

  /** Whether it has records that no finding names. */
  boolean hasUnreported() {
    return hasUnreported && keysNamed.isEmpty();
  }

  /** Null where no record of it stands. */
  @Nullable ChainReport toReport() {
    Placed start = first;
    Placed last = anchor;
    if (start == null || last == null) {
      return null;
    }
    return new ChainReport(
        writer,
        start.sequence,
        new AuditHead(
            partition, chain, last.sequence, HexFormat.of().formatHex(last.hash), last.offset),
        last.millis,
        provenSequence,
        provenMillis,
        keyId,
        closing != null);
  }
}
