package io.inferwarden.alerting.sink.syslog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What the PEM files of TLS settings hold. No exception quotes a key. */
final class TlsFiles {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([\\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----");

  private static final char[] NO_PASSWORD = {};

  private TlsFiles() {}

  /** Throws {@link IllegalArgumentException} when a file cannot be read or does not fit. */
  static SSLSocketFactory socketFactory(SyslogSink.Tls tls) {
    KeyManager @Nullable [] keys =
        tls.clientCertificate() == null || tls.clientKey() == null
            ? null
            : keys(tls.clientCertificate(), tls.clientKey());
    TrustManager @Nullable [] trust = tls.authorities() == null ? null : trust(tls.authorities());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static TrustManager[] trust(Path pemFile) {
    try {
      KeyStore authorities = emptyStore();
      int count = 0;
      for (Certificate certificate : certificates(pemFile)) {
        authorities.setCertificateEntry("authority-" + count++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("could not read certificates from " + pemFile, e);
    }
  }

  private static KeyManager[] keys(Path certificateFile, Path keyFile) {
    try {
      List<Certificate> chain = certificates(certificateFile);
      PrivateKey key = privateKey(keyFile, chain.get(0).getPublicKey().getAlgorithm());
      KeyStore identity = emptyStore();
      identity.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(identity, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "could not read a client certificate from " + certificateFile + " and " + keyFile, e);
    }
  }

  private static List<Certificate> certificates(Path pemFile)
      throws IOException, GeneralSecurityException {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(pemFile))) {
      List<Certificate> certificates =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(pemFile + " must hold at least one certificate");
      }
      return certificates;
    }
  }

  /** The cause of a decoding error is left out: it quotes a character of the key. */
  private static PrivateKey privateKey(Path pemFile, String algorithm)
      throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(pemFile, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          pemFile + " must hold a private key in PKCS #8, not encrypted (BEGIN PRIVATE KEY)");
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(pemFile + " must hold base64");
    }
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
