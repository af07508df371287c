package io.inferwarden.ingest.door;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;

/**
 * HMAC-SHA-256 under one secret (RFC 2104, FIPS 198-1), cut and written in the alphabet of base32
 * (RFC 4648) in lower case. Not thread-safe.
 */
final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte SEPARATOR = 0x1f;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS_OF_CHARACTER = 5;

  private final Mac mac;

  KeyedHash(Secret secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(secret.key(ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The hash of a text: 32 bytes. */
  byte[] hash(String text) {
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The prefix and so many characters, of 5 bits each, of the hash of tenant, domain and name, with
   * the byte 0x1f between them. Neither of the first two may hold that byte, so that no two triples
   * are hashed alike.
   */
  String name(String prefix, int characters, String tenant, String domain, String name) {
    mac.update(tenant.getBytes(StandardCharsets.UTF_8));
    mac.update(SEPARATOR);
    mac.update(domain.getBytes(StandardCharsets.UTF_8));
    mac.update(SEPARATOR);
    byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(prefix.length() + characters).append(prefix);
    int bits = 0;
    int held = 0;
    int next = 0;
    for (int i = 0; i < characters; i++) {
      if (held < BITS_OF_CHARACTER) {
        bits = (bits << 8) | (hash[next++] & 0xff);
        held += 8;
      }
      held -= BITS_OF_CHARACTER;
      text.append(character(bits >> held));
    }
    return text.toString();
  }

  /** The character of the lowest 5 bits. */
  static char character(int bits) {
    return ALPHABET.charAt(bits & 31);
  }
}
