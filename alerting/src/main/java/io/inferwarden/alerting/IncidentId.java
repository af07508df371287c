package io.inferwarden.alerting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of an incident follows from what opened it, so that a crash and a replay lead to the same
 * id again. It holds no dot, as Standard Webhooks asks of a message id.
 */
public final class IncidentId {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 26;
  private static final int BITS_PER_CHARACTER = 5;

  private IncidentId() {}

  /** The id of the incident that a finding opens. */
  public static String of(Finding opening) {
    String subject = opening.subject();
    if (opening.kind().isPerVersion()) {
      subject = subject.length() + ":" + subject + opening.version();
    }
    return of(subject, opening.model(), opening.kind(), opening.atMillis());
  }

  /** {@code inc_} and 26 characters of base32 (130 bits) of a SHA-256 over the arguments. */
  public static String of(String subject, String model, IncidentKind kind, long openedAtMillis) {
    MessageDigest digest = sha256();
    addField(digest, subject);
    addField(digest, model);
    addField(digest, kind.code());
    addField(digest, Long.toString(openedAtMillis));
    return "inc_" + base32(digest.digest());
  }

  /** Each field is preceded by its length, so that no two lists of fields look the same. */
  private static void addField(MessageDigest digest, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder(CHARACTERS);
    int buffer = 0;
    int bits = 0;
    int next = 0;
    while (text.length() < CHARACTERS) {
      if (bits < BITS_PER_CHARACTER) {
        buffer = (buffer << 8 | (bytes[next++] & 0xff)) & 0xffff;
        bits += 8;
      }
      bits -= BITS_PER_CHARACTER;
      text.append(ALPHABET.charAt(buffer >> bits & 0x1f));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
