package io.inferwarden.ingest.collector;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Transport security, from PEM files.
 *
 * @param certificate chain of the server, its own certificate first
 * @param privateKey of the server, PKCS #8 without a passphrase
 * @param clientAuthorities certificates of those who sign clients' certificates; null when clients
 *     show none
 * @param isClientCertificateRequired whether a connection without a client's certificate is refused
 *     in the handshake; otherwise such a client needs an API key
 */
public record TlsSettings(
    Path certificate,
    Path privateKey,
    @Nullable Path clientAuthorities,
    boolean isClientCertificateRequired) {
  public TlsSettings {
    if (isClientCertificateRequired && clientAuthorities == null) {
      throw new IllegalArgumentException(
          "clientAuthorities must be given when a client certificate is required");
    }
  }
}
