package io.inferwarden.ingest.collector;

import static io.inferwarden.ingest.collector.Collectors.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .build();
  private static final HeldCertificate KNOWN =
      new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("gateway.acme").build();
  private static final HeldCertificate KNOWN_BY_ALTERNATIVE =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .commonName("x")
          .addSubjectAlternativeName("gateway.internal")
          .build();
  private static final HeldCertificate UNKNOWN =
      new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("somebody").build();

  /** Signed by itself, under a name that is known. */
  private static final HeldCertificate FORGED =
      new HeldCertificate.Builder().commonName("gateway.acme").build();

  private static final ClientKey KEY =
      new ClientKey(
          "gateway",
          null,
          Set.of("gateway.acme", "gateway.internal"),
          "acme",
          Set.of(),
          Set.of(),
          null,
          null,
          null);

  @TempDir private Path folder;
  private Path certificate;
  private Path privateKey;
  private Path authorities;

  @BeforeEach
  void writeFiles() throws IOException {
    certificate = Files.writeString(folder.resolve("server.pem"), SERVER.certificatePem());
    privateKey = Files.writeString(folder.resolve("server.key"), SERVER.privateKeyPkcs8Pem());
    authorities = Files.writeString(folder.resolve("authorities.pem"), AUTHORITY.certificatePem());
  }

  @Test
  void knowsClientsByTheNamesOfTheirCertificates() throws Exception {
    try (Collectors collector = start(false)) {
      assertThat(status(collector, KNOWN)).isEqualTo(202);
      assertThat(status(collector, KNOWN_BY_ALTERNATIVE)).isEqualTo(202);
      assertThat(status(collector, UNKNOWN)).isEqualTo(401);
      assertThat(status(collector, null)).isEqualTo(401);
      assertThat(collector.log.events())
          .extracting(event -> event.audit().tenant())
          .containsExactly("acme", "acme");
    }
  }

  @Test
  void shakesNoHandsWithForgedOrMissingCertificates() throws Exception {
    try (Collectors collector = start(true)) {
      assertThat(status(collector, KNOWN)).isEqualTo(202);
      assertThatThrownBy(() -> status(collector, FORGED)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> status(collector, null)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysWhichKeysItReads() throws Exception {
    Files.writeString(privateKey, SERVER.privateKeyPkcs8Pem().replace("PRIVATE", "RSA PRIVATE"));

    assertThatThrownBy(() -> start(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  private Collectors start(boolean isRequired) throws IOException {
    return Collectors.with()
        .tls(new TlsSettings(certificate, privateKey, authorities, isRequired))
        .keys(KEY)
        .start();
  }

  private static int status(Collectors collector, HeldCertificate client) throws Exception {
    HandshakeCertificates.Builder trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate());
    if (client != null) {
      trust.heldCertificate(client);
    }
    HttpClient http = HttpClient.newBuilder().sslContext(trust.build().sslContext()).build();
    HttpRequest request =
        HttpRequest.newBuilder(collector.uri("/v1/events"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(EVENT))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode();
  }
}
