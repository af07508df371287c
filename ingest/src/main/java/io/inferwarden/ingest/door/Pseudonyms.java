package io.inferwarden.ingest.door;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into pseudonyms: a letter that tells the domain, an underscore, and the first 16
 * characters of {@code base32(HMAC-SHA-256(secret, tenant 0x1f domain 0x1f name))} in lower case,
 * which are 80 bits. The same name gives the same pseudonym within a tenant, a domain and a key
 * epoch; across any of these, only who has the keys can tell that two pseudonyms are one name.
 *
 * <p>Two of n names of one tenant, domain and epoch share a pseudonym with a probability of about
 * n²/2⁸¹: 4e-13 for a million names, 4e-7 for a thousand million.
 *
 * <p>Looking up costs less than hashing, so the latest pseudonyms are remembered, at most 65,536 of
 * them, with their names, in memory only. One for each thread.
 */
public final class Pseudonyms {
  /** Characters behind the prefix, of 5 bits each. */
  public static final int CHARACTERS = 16;

  private static final int SLOTS = 65_536;
  private static final int LONGEST_REMEMBERED = 64;

  private final KeyRing keys;
  private final KeyedHash[] hashes;
  private final @Nullable Remembered[] remembered = new @Nullable Remembered[SLOTS];

  /** A name and its pseudonym; as text it says nothing. */
  private record Remembered(
      int epoch, String tenant, PseudonymDomain domain, String name, String pseudonym) {
    boolean isOf(int otherEpoch, String otherTenant, PseudonymDomain otherDomain, String other) {
      return epoch == otherEpoch
          && domain == otherDomain
          && name.equals(other)
          && tenant.equals(otherTenant);
    }

    @Override
    public String toString() {
      return pseudonym;
    }
  }

  public Pseudonyms(KeyRing keys) {
    this.keys = keys;
    List<KeyEpoch> epochs = keys.epochs();
    hashes = new KeyedHash[epochs.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = new KeyedHash(epochs.get(i).secret());
    }
  }

  /**
   * The pseudonym of a name in an epoch of the ring.
   *
   * @param tenant whose name it is; without control characters
   */
  public String of(KeyEpoch epoch, String tenant, PseudonymDomain domain, String name) {
    int index = keys.epochs().indexOf(epoch);
    if (index < 0) {
      throw new IllegalArgumentException("epoch must be of the ring, was " + epoch.id());
    }
    Client.requirePrintable("tenant", tenant);
    return of(index, tenant, domain, name);
  }

  String of(int epoch, String tenant, PseudonymDomain domain, String name) {
    int slot = slot(name.hashCode() * 31 + domain.code().hashCode() + tenant.hashCode() + epoch);
    Remembered last = remembered[slot];
    if (last != null && last.isOf(epoch, tenant, domain, name)) {
      return last.pseudonym();
    }
    String pseudonym =
        hashes[epoch].name(
            domain.prefix(), CHARACTERS, tenant, domain.code(), domain.spelled(name));
    if (name.length() <= LONGEST_REMEMBERED) {
      remembered[slot] = new Remembered(epoch, tenant, domain, name, pseudonym);
    }
    return pseudonym;
  }

  private static int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & (SLOTS - 1);
  }
}
