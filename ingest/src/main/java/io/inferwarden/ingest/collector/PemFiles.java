package io.inferwarden.ingest.collector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys from PEM files, as key stores in memory. */
final class PemFiles {
  private static final Pattern PKCS_8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemFiles() {}

  /** A store with the server's key and certificates, under the empty password. */
  static KeyStore identity(Path certificate, Path privateKey) throws IOException {
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    PrivateKey key = privateKey(privateKey);
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry("server", key, new char[0], chain);
      return store;
    } catch (GeneralSecurityException unfit) {
      throw new IOException(
          "certificate "
              + certificate
              + " and key "
              + privateKey
              + " do not fit each other: "
              + unfit.getMessage(),
          unfit);
    }
  }

  /** A store with the certificates of authorities. */
  static KeyStore authorities(Path path) throws IOException {
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates(path)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      return store;
    } catch (GeneralSecurityException unfit) {
      throw new IOException("cannot trust " + path + ": " + unfit.getMessage(), unfit);
    }
  }

  private static Collection<? extends Certificate> certificates(Path path) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path)));
      if (found.isEmpty()) {
        throw new IOException("expected PEM certificates in " + path + ", found none");
      }
      return found;
    } catch (GeneralSecurityException unreadable) {
      throw new IOException(
          "expected PEM certificates in " + path + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private static PrivateKey privateKey(Path path) throws IOException {
    Matcher pem = PKCS_8.matcher(Files.readString(path));
    if (!pem.find()) {
      throw new IOException(
          "expected '-----BEGIN PRIVATE KEY-----' (PKCS #8, no passphrase) in "
              + path
              + "; 'openssl pkcs8 -topk8 -nocrypt' makes it of other forms");
    }
    PKCS8EncodedKeySpec encoded = decoded(path, pem.group(1));
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = key(algorithm, encoded);
      if (key != null) {
        return key;
      }
    }
    throw new IOException("expected a private key of " + ALGORITHMS + " in " + path);
  }

  /** The key; null when it is one of another algorithm. */
  private static @Nullable PrivateKey key(String algorithm, PKCS8EncodedKeySpec encoded) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    } catch (InvalidKeySpecException ofAnother) {
      return null;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has " + algorithm, impossible);
    }
  }

  private static PKCS8EncodedKeySpec decoded(Path path, String base64) throws IOException {
    try {
      return new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException unreadable) {
      // Neither the key nor a part of it goes into a message.
      throw new IOException("expected a private key in base64 in " + path);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }
}
