package io.inferwarden.alerting.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities of the Java platform and those of a file. */
public record Trust(SSLSocketFactory sockets, X509TrustManager manager) {

  /** Throws {@link IllegalArgumentException} when the file cannot be read as certificates. */
  public static Trust withExtra(Path pemFile) {
    try {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      int count = 0;
      for (X509Certificate known : managerOf(null).getAcceptedIssuers()) {
        authorities.setCertificateEntry("platform-" + count++, known);
      }
      for (Certificate extra : certificates(pemFile)) {
        authorities.setCertificateEntry("extra-" + count++, extra);
      }
      X509TrustManager manager = managerOf(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new Trust(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("could not read certificates from " + pemFile, e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path pemFile)
      throws IOException, GeneralSecurityException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(pemFile))) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(pemFile + " must hold at least one certificate");
      }
      return certificates;
    }
  }

  private static X509TrustManager managerOf(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new IllegalStateException("every Java platform checks X.509 certificates");
  }
}
