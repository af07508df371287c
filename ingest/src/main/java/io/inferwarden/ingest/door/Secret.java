package io.inferwarden.ingest.door;

import io.inferwarden.ingest.TextKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A key that only the operator knows. It never shows itself: neither as text nor in a message. */
public final class Secret {
  /** Fewer can be guessed. */
  public static final int FEWEST_BYTES = 16;

  private static final int FEWEST_DIFFERENT_BYTES = 8;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    if (bytes.length < FEWEST_BYTES) {
      throw new IllegalArgumentException(
          "secret must hold at least " + FEWEST_BYTES + " bytes, held " + bytes.length);
    }
    if (different(bytes) < FEWEST_DIFFERENT_BYTES) {
      throw new IllegalArgumentException(
          "secret must hold at least "
              + FEWEST_DIFFERENT_BYTES
              + " different bytes: make one with openssl rand -hex 32");
    }
    this.bytes = bytes;
  }

  /** The secret that these bytes are; a copy is made. */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /**
   * Reads a secret from a file or an environment variable; white space around it is dropped. What
   * holds hexadecimal digits only is hexadecimal. What ends in {@code =}, or is base64 (of either
   * alphabet) of at least 16 bytes, is base64. Anything else is itself, in UTF-8.
   *
   * @throws IllegalArgumentException when it holds too little to be secret
   */
  public static Secret parse(String text) {
    String secret = text.strip();
    if (isHexadecimal(secret)) {
      if (secret.length() % 2 != 0) {
        throw new IllegalArgumentException(
            "secret must hold an even number of hexadecimal digits, held " + secret.length());
      }
      return new Secret(HexFormat.of().parseHex(secret));
    }
    byte[] decoded = base64(secret);
    boolean isBase64 =
        decoded.length >= FEWEST_BYTES || (decoded.length > 0 && secret.endsWith("="));
    return new Secret(isBase64 ? decoded : secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Another secret, from which this one cannot be told. */
  Secret derive(String purpose) {
    return new Secret(new KeyedHash(this).hash(purpose));
  }

  SecretKeySpec key(String algorithm) {
    return new SecretKeySpec(bytes, algorithm);
  }

  /** The key of hashes of texts. */
  TextKey textKey() {
    return TextKey.of(bytes);
  }

  boolean isSameAs(Secret other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "***";
  }

  private static boolean isHexadecimal(String text) {
    return !text.isEmpty() && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Empty when it is no base64; the decoder's message would quote a character of the secret. */
  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static int different(byte[] bytes) {
    BitSet seen = new BitSet();
    for (byte each : bytes) {
      seen.set(each & 0xff);
    }
    return seen.cardinality();
  }
}
