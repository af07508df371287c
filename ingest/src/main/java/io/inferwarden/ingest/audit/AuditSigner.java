package io.inferwarden.ingest.audit;

import io.inferwarden.ingest.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/**
 * Signs the checkpoints of audit chains with an Ed25519 key. Who holds the key can write a history
 * of their own, so it belongs to the collector alone. Not thread-safe.
 */
public final class AuditSigner {
  static final int SIGNATURE_BYTES = 64;

  private static final String PRIVATE_KEY = "PRIVATE KEY";

  private final PrivateKey key;
  private final AuditPublicKey publicKey;
  private final Signature signature;

  private AuditSigner(KeyPair pair) throws GeneralSecurityException {
    this.key = pair.getPrivate();
    this.publicKey = AuditPublicKey.of(pair.getPublic());
    this.signature = Signature.getInstance("Ed25519");
    byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
    if (!publicKey.hasSigned(probe, probe.length, sign(probe))) {
      throw new GeneralSecurityException("the public key does not belong to the private key");
    }
  }

  /** A new key, which is kept nowhere. */
  public static AuditSigner generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return new AuditSigner(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /**
   * Reads the key of a file, in PKCS#8: PEM, or its bare base64. Where there is no file, it makes a
   * key and writes it there, for the owner's eyes only.
   *
   * @throws IOException if the file cannot be read or written, or holds no Ed25519 key
   */
  public static AuditSigner loadOrCreate(Path file, SecureRandom random) throws IOException {
    return Files.exists(file) ? load(file) : create(file, random);
  }

  /** Reads the key of a file that must be there. */
  public static AuditSigner load(Path file) throws IOException {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Pem.bytes(Files.readString(file), PRIVATE_KEY)));
      return new AuditSigner(pairOf(key));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // What the key says is not repeated: it is a secret.
      throw new IOException(file + " must hold an Ed25519 private key in PKCS#8", e);
    }
  }

  private static AuditSigner create(Path file, SecureRandom random) throws IOException {
    AuditSigner signer = generate(random);
    try {
      OwnerOnlyFile.create(file, Pem.text(signer.key.getEncoded(), PRIVATE_KEY));
      return signer;
    } catch (FileAlreadyExistsException e) {
      return load(file);
    }
  }

  /**
   * The JDK computes a public key only as it makes a pair, from 32 random bytes that are the
   * private key; so here they are not random. The constructor tries the pair.
   */
  private static KeyPair pairOf(PrivateKey key) throws GeneralSecurityException {
    byte[] seed =
        ((EdECPrivateKey) key)
            .getBytes()
            .orElseThrow(() -> new GeneralSecurityException("the key cannot be read"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
      // A PKCS#8 file may also hold its public key; what counts is the private one.
      return new KeyPair(pair.getPublic(), key);
    }
    return pair;
  }

  /** Whom a verifier has to trust. */
  public AuditPublicKey publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] bytes) {
    try {
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not sign", e);
    }
  }

  private static final class SeedAsRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    SeedAsRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new UncheckedIOException(
            new IOException("expected " + seed.length + " bytes, was " + bytes.length));
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
