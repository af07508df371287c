package io.inferwarden.ingest.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the true line among records of a chain that do not simply follow each other: from the top
 * down, since each record says the hash of the one before. Below a signed top the line is proven
 * until it first breaks; further down, and below an unsigned top, it is what fits best.
 */
final class SegmentWalk {
  /** Takes what is wrong. */
  interface Findings {
    void report(AuditFinding.Kind kind, Placed placed, String detail);
  }

  private final @Nullable Placed anchor;
  private final List<Placed> arrived;
  private final Placed top;
  private final boolean fromStart;
  private final Findings findings;
  private final PlacedIndex index;
  private final List<Placed> line = new ArrayList<>();
  private final List<MissingRecords.Gap> gaps = new ArrayList<>();
  private final List<Placed> above = new ArrayList<>();

  /** Whether what the lowest record of the line says of the one before it can be relied on. */
  private boolean trusted = true;

  /**
   * Walks.
   *
   * @param anchor the end of what is settled; null where nothing is
   * @param arrived all records since then, in the order of the log
   * @param top the one among them to begin at
   * @param fromStart whether the chain must begin at 0
   */
  SegmentWalk(
      @Nullable Placed anchor,
      List<Placed> arrived,
      Placed top,
      boolean fromStart,
      Findings findings) {
    this.anchor = anchor;
    this.arrived = arrived;
    this.top = top;
    this.fromStart = fromStart;
    this.findings = findings;
    this.index = new PlacedIndex(anchor, arrived);
    line.add(top);
    walk();
    reachAnchor();
    Collections.reverse(line);
    reportOrder();
    reportRest();
  }

  /** The records that stand, from the lowest to the top. */
  List<Placed> line() {
    return line;
  }

  /** Between them, and between them and the anchor. */
  List<MissingRecords.Gap> gaps() {
    return gaps;
  }

  /** Records that belong after the top, in the order of the log. */
  List<Placed> above() {
    return above;
  }

  private void walk() {
    Placed upper = top;
    for (Map.Entry<Long, List<Placed>> place :
        index.bySequence().headMap(top.sequence, false).descendingMap().entrySet()) {
      Placed chosen = choose(place.getValue(), upper);
      if (isBelowBeginning(chosen, upper)) {
        break;
      }
      if (chosen.sequence < upper.sequence - 1) {
        gaps.add(gap(chosen, upper));
        trusted = true;
      } else if (chosen.hasHash(upper.previous)) {
        trusted = true;
      } else {
        reportBreak(chosen, upper);
      }
      line.add(chosen);
      upper = chosen;
    }
  }

  /** Without an anchor, the line begins at the record that came first, or at one linked to it. */
  private boolean isBelowBeginning(Placed chosen, Placed upper) {
    return anchor == null
        && !fromStart
        && chosen.sequence < arrived.get(0).sequence
        && !upper.follows(chosen);
  }

  private MissingRecords.Gap gap(@Nullable Placed below, Placed upper) {
    long from = below == null ? 0 : below.sequence + 1;
    byte[] lastHash = trusted && !upper.reported ? upper.previous : null;
    return new MissingRecords.Gap(from, upper.sequence - 1, lastHash, below, upper);
  }

  private void reportBreak(Placed chosen, Placed upper) {
    boolean relied = trusted && !upper.reported;
    trusted = false;
    if (!relied || chosen.reported) {
      return;
    }
    if (upper.signed) {
      report(
          AuditFinding.Kind.FORGED_SUFFIX,
          chosen,
          "is not the record that the checkpoint at seq "
              + upper.sequence
              + " has signed; any record since the checkpoint before may be forged");
    } else {
      report(
          AuditFinding.Kind.CHANGED,
          chosen,
          "is not the record that " + upper.describe() + " was written after");
    }
  }

  /** The record of a place: the one that the upper says; else one that fits what is below. */
  private Placed choose(List<Placed> candidates, Placed upper) {
    Placed best = candidates.get(0);
    int bestFit = -1;
    for (Placed candidate : candidates) {
      int fit = (upper.follows(candidate) ? 4 : 0) + (index.isLinked(candidate) ? 2 : 0);
      fit += candidate.reported ? 0 : 1;
      if (fit > bestFit) {
        best = candidate;
        bestFit = fit;
      }
    }
    return best;
  }

  private void reachAnchor() {
    Placed lowest = line.get(line.size() - 1);
    if (anchor == null) {
      if (fromStart && lowest.sequence > 0) {
        gaps.add(gap(null, lowest));
      }
    } else if (lowest.sequence > anchor.sequence + 1) {
      gaps.add(gap(anchor, lowest));
    } else if (!lowest.follows(anchor) && trusted && !lowest.reported) {
      report(AuditFinding.Kind.CHANGED, lowest, "does not follow " + anchor.describe());
    }
  }

  /** The fewest records that, put elsewhere, bring the line into the order of the log. */
  private void reportOrder() {
    List<Placed> inOrder = LongestRun.inOrder(line);
    if (inOrder.size() == line.size()) {
      return;
    }
    Set<Placed> standing = new HashSet<>(inOrder); // Placed has no equals of its own
    for (Placed placed : line) {
      if (!standing.contains(placed) && !placed.reported) {
        report(AuditFinding.Kind.REORDERED, placed, "stands elsewhere than it was written");
      }
    }
  }

  private void reportRest() {
    Map<Long, Placed> standing = new HashMap<>();
    line.forEach(placed -> standing.put(placed.sequence, placed));
    for (Placed placed : arrived) {
      Placed there = standing.get(placed.sequence);
      if (placed.sequence > top.sequence) {
        above.add(placed);
      } else if (there != placed && !placed.reported) {
        boolean again = there != null && there.hasHash(placed.hash);
        report(
            again ? AuditFinding.Kind.DUPLICATED : AuditFinding.Kind.INSERTED,
            placed,
            again ? "stands there twice" : "is not linked to the chain");
      }
    }
  }

  private void report(AuditFinding.Kind kind, Placed placed, String detail) {
    placed.reported = true;
    findings.report(kind, placed, detail);
  }
}
