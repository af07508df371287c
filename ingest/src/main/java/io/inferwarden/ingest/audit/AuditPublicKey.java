package io.inferwarden.ingest.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The public half of a key that signs checkpoints. Immutable. */
public final class AuditPublicKey {
  private static final String PUBLIC_KEY = "PUBLIC KEY";
  private static final int ID_BYTES = 8;

  private final PublicKey key;
  private final String id;

  private AuditPublicKey(PublicKey key) {
    this.key = key;
    byte[] hash = Sha256.digest().digest(key.getEncoded());
    this.id = HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
  }

  static AuditPublicKey of(PublicKey key) {
    return new AuditPublicKey(key);
  }

  /**
   * Reads a key in X.509 form: PEM, or its bare base64.
   *
   * @throws IOException if the file cannot be read, or holds no Ed25519 key
   */
  public static AuditPublicKey read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " must hold an Ed25519 public key", e);
    }
  }

  /**
   * Reads a key from its text, as {@link #pem} writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AuditPublicKey parse(String pem) {
    try {
      byte[] encoded = Pem.bytes(pem, PUBLIC_KEY);
      return new AuditPublicKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("expected an Ed25519 public key in X.509 form", e);
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 of its X.509 form. */
  public String id() {
    return id;
  }

  /** To be kept where the log is verified. */
  public String pem() {
    return Pem.text(key.getEncoded(), PUBLIC_KEY);
  }

  boolean hasSigned(byte[] bytes, int length, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(bytes, 0, length);
      return signature.verify(signed);
    } catch (SignatureException e) {
      // So the JDK answers where the bytes are no signature at all.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }
}
