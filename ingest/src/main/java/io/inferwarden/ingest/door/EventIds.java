package io.inferwarden.ingest.door;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ids of events. One that is plain is kept, so that its sender finds it again; any other might hold
 * a name and becomes a keyed hash, so that equal ids stay equal; where there is none, one is made.
 */
final class EventIds {
  /** Characters behind the prefix: 130 bits. */
  static final int CHARACTERS = 26;

  private static final int LONGEST_PLAIN = 64;
  private static final int CHARACTERS_OF_LONG = 12;

  private final KeyedHash hash;
  private final RandomGenerator random;

  EventIds(Secret secret, RandomGenerator random) {
    this.hash = new KeyedHash(secret);
    this.random = random;
  }

  String admitted(@Nullable String id, String tenant) {
    if (id == null) {
      return made();
    }
    return isPlain(id) ? id : hash.name("e_", CHARACTERS, tenant, "event", id);
  }

  private String made() {
    StringBuilder id = new StringBuilder(3 + CHARACTERS).append("ev_");
    long bits = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      bits = i % CHARACTERS_OF_LONG == 0 ? random.nextLong() : bits >>> 5;
      id.append(KeyedHash.character((int) bits));
    }
    return id.toString();
  }

  /** At most 64 of A-Z a-z 0-9 . _ : - */
  private static boolean isPlain(String id) {
    if (id.length() > LONGEST_PLAIN) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char each = id.charAt(i);
      boolean isPlain =
          (each >= 'a' && each <= 'z')
              || (each >= '0' && each <= ':')
              || (each >= 'A' && each <= 'Z')
              || each == '.'
              || each == '_'
              || each == '-';
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }
}
