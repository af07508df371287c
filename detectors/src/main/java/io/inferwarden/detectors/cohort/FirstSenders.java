package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * Which account sent a text first, for the last 65,536 texts or so: a table of small buckets, the
 * oldest text of a full bucket giving way. Two texts are taken for one with probability below 1e-6
 * a text.
 */
final class FirstSenders {
  private static final int BUCKETS = 8192;
  private static final int SLOTS = 8;

  private final int[] texts = new int[BUCKETS * SLOTS];
  private final int[] senders = new int[BUCKETS * SLOTS];
  private final byte[] next = new byte[BUCKETS];

  /** Whether another account has sent the text before; if nobody has, this one is the first. */
  boolean sharedByAnother(long exact, String account) {
    int text = WordingKey.hash(exact);
    int sender = WordingKey.hash(account.hashCode() * 0x9e3779b97f4a7c15L) | 1;
    int bucket = (int) (exact ^ (exact >>> 32)) & (BUCKETS - 1);
    for (int i = bucket * SLOTS; i < (bucket + 1) * SLOTS; i++) {
      if (senders[i] != 0 && texts[i] == text) {
        return senders[i] != sender;
      }
    }
    int slot = bucket * SLOTS + next[bucket];
    texts[slot] = text;
    senders[slot] = sender;
    next[bucket] = (byte) ((next[bucket] + 1) % SLOTS);
    return false;
  }

  void writeTo(StateWriter writer) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      writer.writeByte(next[bucket]);
      for (int i = bucket * SLOTS; i < (bucket + 1) * SLOTS; i++) {
        writer.writeInt(senders[i]);
        if (senders[i] != 0) {
          writer.writeInt(texts[i]);
        }
      }
    }
  }

  static FirstSenders readFrom(StateReader reader) {
    FirstSenders table = new FirstSenders();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      table.next[bucket] = reader.readByte();
      if (table.next[bucket] < 0 || table.next[bucket] >= SLOTS) {
        throw new IllegalArgumentException(
            "next slot must be in [0, " + SLOTS + "), was " + table.next[bucket]);
      }
      for (int i = bucket * SLOTS; i < (bucket + 1) * SLOTS; i++) {
        table.senders[i] = reader.readInt();
        table.texts[i] = table.senders[i] == 0 ? 0 : reader.readInt();
      }
    }
    return table;
  }
}
