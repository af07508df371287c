package io.inferwarden.ingest.collector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All keys that the collector knows, by the hash of each. A presented key is hashed before it is
 * looked up, so how long the look-up takes tells nothing about any key. Immutable.
 */
public final class ClientKeys {
  private static final String PREFIX = "iwk_";
  private static final int KEY_BYTES = 32;

  /** Longer ones are not even hashed. */
  private static final int MOST_CHARACTERS = 256;

  private final Map<String, ClientKey> byHash = new HashMap<>();
  private final Map<String, ClientKey> byCertificateName = new HashMap<>();
  private final List<ClientKey> all;

  /**
   * A new key.
   *
   * @param key for its holder, to be shown once
   * @param sha256 for the configuration
   */
  public record Generated(String key, String sha256) {
    @Override
    public String toString() {
      return "Generated[sha256=" + sha256 + "]";
    }
  }

  private ClientKeys(Collection<ClientKey> keys) {
    all = List.copyOf(keys);
    Map<String, ClientKey> byName = new HashMap<>();
    for (ClientKey key : all) {
      ClientKey namesake = byName.putIfAbsent(key.name(), key);
      if (namesake != null && !isSameClient(namesake, key)) {
        throw new IllegalArgumentException(
            "keys named '" + key.name() + "' must have the same tenant, models, routes and quota");
      }
      if (key.sha256() != null && byHash.put(key.sha256(), key) != null) {
        throw new IllegalArgumentException("key '" + key.name() + "' must have a hash of its own");
      }
      for (String certificateName : key.certificateNames()) {
        if (byCertificateName.put(certificateName, key) != null) {
          throw new IllegalArgumentException(
              "certificate name '" + certificateName + "' must speak for one key only");
        }
      }
    }
  }

  /**
   * These keys.
   *
   * @throws IllegalArgumentException when two keys contradict each other
   */
  public static ClientKeys of(Collection<ClientKey> keys) {
    return new ClientKeys(keys);
  }

  /** No keys: whoever is on this machine may speak, and nobody else. */
  public static ClientKeys none() {
    return new ClientKeys(List.of());
  }

  /** Makes a key of 256 random bits. */
  public static Generated generate(SecureRandom random) {
    byte[] bits = new byte[KEY_BYTES];
    random.nextBytes(bits);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    return new Generated(key, sha256(key));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<ClientKey> all() {
    return all;
  }

  /** The key that was presented, when it is known and good now; else null. */
  @Nullable ClientKey presented(String key, Instant now) {
    if (key.length() > MOST_CHARACTERS) {
      return null;
    }
    ClientKey known = byHash.get(sha256(key));
    return known != null && known.isGoodAt(now) ? known : null;
  }

  /** The key that one of these names of a certificate speaks for; null when none does. */
  @Nullable ClientKey ofCertificate(List<String> names, Instant now) {
    for (String name : names) {
      ClientKey known = byCertificateName.get(name);
      if (known != null && known.isGoodAt(now)) {
        return known;
      }
    }
    return null;
  }

  private static boolean isSameClient(ClientKey one, ClientKey other) {
    return one.client().equals(other.client())
        && one.routes().equals(other.routes())
        && Objects.equals(one.quota(), other.quota());
  }

  private static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
