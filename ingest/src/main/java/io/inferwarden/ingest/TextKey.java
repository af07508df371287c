package io.inferwarden.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key under which hashes of texts are written, so that nobody without it can confirm a guess of
 * a text by its hash. From one secret a key of 128 bits is made for each kind of hash, by
 * HMAC-SHA-256 (RFC 2104) of the kind's name, so that hashes of different kinds cannot be compared.
 * Equal texts have equal hashes as long as the key is the same. Immutable; its string form tells
 * nothing.
 */
public final class TextKey {
  /** Bytes that a secret has at least. */
  public static final int LEAST_SECRET_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String DOMAIN = "inferwarden text key 1: ";
  private static final TextKey NONE = new TextKey(null);

  /** What is hashed; a hash of one kind can only be compared with hashes of the same kind. */
  enum Kind {
    FINGERPRINT(0),
    /** The first or the last words, which are compared with each other. */
    EDGE(2),
    LINE(4),
    WORD(6),
    SHINGLE(8),
    TEMPLATE(10);

    private final int place;

    Kind(int place) {
      this.place = place;
    }
  }

  private final boolean isKeyed;
  private final long[] halves = new long[2 * Kind.values().length];
  private final byte[] exact;

  private TextKey(byte @Nullable [] secret) {
    isKeyed = secret != null;
    if (secret == null) {
      exact = new byte[0];
      return;
    }
    for (Kind kind : Kind.values()) {
      ByteBuffer derived = ByteBuffer.wrap(derive(secret, kind.name()));
      halves[kind.place] = derived.getLong();
      halves[kind.place + 1] = derived.getLong();
    }
    exact = derive(secret, "EXACT");
  }

  /** No key: hashes that everybody can compute. */
  public static TextKey none() {
    return NONE;
  }

  /**
   * The key made from a secret.
   *
   * @param secret at least {@value #LEAST_SECRET_BYTES} random bytes
   */
  public static TextKey of(byte[] secret) {
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret must have >= " + LEAST_SECRET_BYTES + " bytes, had " + secret.length);
    }
    return new TextKey(secret);
  }

  /** Whether hashes under this key differ from those that everybody can compute. */
  public boolean isKeyed() {
    return isKeyed;
  }

  /**
   * The hash that may be written instead of one that everybody can compute; without a key the same.
   * 0, which stands for none, stays 0, and nothing else becomes 0.
   */
  long hash(Kind kind, long unkeyed) {
    if (!isKeyed || unkeyed == 0) {
      return unkeyed;
    }
    int at = kind.place;
    long hash = SipHash.of(halves[at], halves[at + 1], unkeyed);
    return hash == 0 ? 1 : hash;
  }

  /** A new HMAC-SHA-256 under the part of this key that is for exact fingerprints. */
  Mac newMac() {
    if (!isKeyed) {
      throw new IllegalStateException("without a key there are no exact fingerprints");
    }
    return mac(exact);
  }

  private static byte[] derive(byte[] secret, String name) {
    return mac(secret).doFinal((DOMAIN + name).getBytes(StandardCharsets.US_ASCII));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }

  @Override
  public String toString() {
    return isKeyed ? "TextKey[keyed]" : "TextKey[none]";
  }
}
