package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * One event of each principal in a pane, for models whose principals repeat themselves: a principal
 * that asks the same a hundred times says no more about the world than one that asks once.
 *
 * <p>The event with the smallest hash stands for its principal, and where there are more principals
 * than are kept, those with the smallest hashes stand for all: which events count does not depend
 * on the order in which they came.
 */
final class Representatives {
  /** Principals of a pane that are kept; 4096 independent events are plenty. */
  private static final int MOST_PRINCIPALS = 4096;

  /** Events of nobody in particular count each. */
  static final long UNKNOWN_PRINCIPAL = 0;

  @SuppressWarnings("ArrayRecordComponent") // a private copy that nobody compares
  private record Chosen(long eventHash, short[] bins) {
    Chosen {
      bins = bins.clone();
    }
  }

  private final TreeMap<Long, Chosen> byPrincipal = new TreeMap<>();

  /**
   * Offers an event and moves the counts where it becomes the one that stands for its principal.
   *
   * @param bins of the event by signal, from {@code firstSignal} on; -1 where it has none
   * @param counts by signal and bin; changed
   */
  void offer(long principalHash, long eventHash, short[] bins, int firstSignal, int[][] counts) {
    if (principalHash == UNKNOWN_PRINCIPAL) {
      add(bins, 1, firstSignal, counts);
      return;
    }
    Chosen before = byPrincipal.get(principalHash);
    if (before != null && before.eventHash <= eventHash) {
      return;
    }
    boolean isFull = before == null && byPrincipal.size() >= MOST_PRINCIPALS;
    if (isFull) {
      if (principalHash > byPrincipal.lastKey()) {
        return;
      }
      Map.Entry<Long, Chosen> evicted = byPrincipal.pollLastEntry();
      before = evicted.getValue();
    }
    if (before != null) {
      add(before.bins, -1, firstSignal, counts);
    }
    add(bins, 1, firstSignal, counts);
    byPrincipal.put(principalHash, new Chosen(eventHash, bins));
  }

  /** Takes over what another part of the pane chose; a principal of both parts keeps one. */
  void adopt(Representatives other) {
    other.byPrincipal.forEach(
        (principal, chosen) ->
            byPrincipal.merge(principal, chosen, (a, b) -> a.eventHash <= b.eventHash ? a : b));
  }

  private static void add(short[] bins, int change, int firstSignal, int[][] counts) {
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] >= 0) {
        counts[firstSignal + i][bins[i]] += change;
      }
    }
  }

  void writeTo(StateWriter writer) {
    writer.writeInt(byPrincipal.size());
    byPrincipal.forEach(
        (principal, chosen) -> {
          writer.writeLong(principal).writeLong(chosen.eventHash).writeShort(chosen.bins.length);
          for (short bin : chosen.bins) {
            writer.writeByte(bin);
          }
        });
  }

  static Representatives readFrom(StateReader reader) {
    Representatives read = new Representatives();
    for (int left = reader.readInt(); left > 0; left--) {
      long principal = reader.readLong();
      long eventHash = reader.readLong();
      short[] bins = new short[reader.readShort()];
      for (int i = 0; i < bins.length; i++) {
        bins[i] = reader.readByte();
      }
      read.byPrincipal.put(principal, new Chosen(eventHash, bins));
    }
    return read;
  }

  /** A hash of an event that is the same wherever and whenever it is counted. */
  static long eventHash(long timeMillis, long fingerprint, short[] bins) {
    long hash = timeMillis * 0x9e3779b97f4a7c15L ^ fingerprint;
    hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L + Arrays.hashCode(bins);
    hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
    return hash ^ hash >>> 32;
  }
}
