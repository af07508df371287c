package io.inferwarden.alerting.sink.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric secret of Standard Webhooks 1.0.0, {@code whsec_} and base64 of 24 to 64 bytes. Signs
 * messages, and never shows itself: neither in {@link #toString} nor in an exception.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  public static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("webhook secret must begin with " + PREFIX);
    }
    byte[] key = decoded(text.substring(PREFIX.length()));
    if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "webhook secret must hold 24 to 64 bytes, held " + key.length);
    }
    return new WebhookSecret(key);
  }

  /** The signature token {@code v1,…} of one attempt: HMAC-SHA256 of id, timestamp and body. */
  String sign(String messageId, long timestampSeconds, byte[] body) {
    Mac mac = newMac();
    mac.update((messageId + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }

  /** The cause is left out: the decoder's message quotes a character of the secret. */
  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("webhook secret must be base64 after " + PREFIX);
    }
  }

  private Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
