package io.inferwarden.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that senders choose, such as those of features: the same string for the same bytes
 * while it remembers them. A model names its features in one order, so the name that came behind
 * this one last is looked for first. Each slot holds the name that came last: a flood of new names
 * costs allocations, never memory. One serves one thread.
 */
final class LearnedNames {
  private static final int SLOTS = 4096;
  private static final int LONGEST_LEARNED = 64;

  /** No name, since it begins without a quote. */
  private static final byte[] NONE = {0};

  private final byte[][] quoted = new byte[SLOTS][];
  private final String[] names = new String[SLOTS];

  /** The slot that came next behind each, and behind the begin of an object. */
  private final int[] followers = new int[SLOTS + 1];

  private int previous = SLOTS;

  LearnedNames() {
    Arrays.fill(quoted, NONE);
  }

  /** Begins with another object. */
  void begin() {
    previous = SLOTS;
  }

  /** Passes a name of the longest length at most, and its colon; null when it is not plain. */
  @Nullable String read(JsonBytes bytes, int longest) {
    int expected = followers[previous];
    if (bytes.take(quoted[expected])) {
      previous = expected;
      return names[expected];
    }
    int length = bytes.name();
    if (length < 0 || length > longest) {
      return null;
    }
    if (length > LONGEST_LEARNED) {
      return bytes.text();
    }
    int slot = bytes.hash() & (SLOTS - 1);
    if (!bytes.isNamed(quoted[slot])) {
      quoted[slot] = bytes.quotedName();
      names[slot] = bytes.text();
    }
    followers[previous] = slot;
    previous = slot;
    return names[slot];
  }
}
