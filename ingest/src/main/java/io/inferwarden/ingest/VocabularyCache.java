package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Returns the same string for the same characters while it remembers them, so that values of a
 * small vocabulary are not allocated again with every event. Each slot holds the string that came
 * last: a flood of new values costs allocations, never memory.
 */
final class VocabularyCache {
  /** Longer strings are made anew each time. */
  static final int LONGEST_CACHED = 64;

  private final @Nullable String[] slots;

  VocabularyCache(int slotCount) {
    if (Integer.bitCount(slotCount) != 1) {
      throw new IllegalArgumentException("slotCount must be a power of two, was " + slotCount);
    }
    slots = new @Nullable String[slotCount];
  }

  String get(char[] characters, int offset, int length) {
    if (length > LONGEST_CACHED) {
      return new String(characters, offset, length);
    }
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int slot = slot(hash);
    String known = slots[slot];
    if (known != null && matches(known, characters, offset, length)) {
      return known;
    }
    String created = new String(characters, offset, length);
    slots[slot] = created;
    return created;
  }

  private int slot(int hash) {
    return ((hash * 0x9E3779B9) >>> 16) & (slots.length - 1);
  }

  private static boolean matches(String known, char[] characters, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
