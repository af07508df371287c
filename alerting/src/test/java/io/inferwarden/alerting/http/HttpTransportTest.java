package io.inferwarden.alerting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpTransportTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-02T14:02:30Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final byte[] BODY = "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8);

  private final Receiver receiver = new Receiver();
  private final HttpTransport transport =
      new HttpTransport(DestinationGuard.allowing(List.of("127.0.0.1")), TIMEOUT, CLOCK);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    transport.close();
    receiver.close();
  }

  @Test
  void sendsWhatItWasGivenAndReturnsTheAnswer() throws Exception {
    receiver.answer(new Receiver.Answer(418, Map.of("X-Tea", "yes"), "short", false, false));

    HttpAnswer answer =
        transport.post(receiver.address(), Map.of("x-key", "k"), "application/json", BODY);

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("short");
    assertThat(answer.headers()).containsEntry("x-tea", "yes");
    assertThat(answer).hasToString("HTTP 418");
    Receiver.Request request = receiver.last();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).hasToString(receiver.address().getPath());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("x-key")).isEqualTo("k");
    assertThat(request.header("user-agent")).isEqualTo("inferwarden");
    assertThat(request.body().getBytes(StandardCharsets.UTF_8)).isEqualTo(BODY);
  }

  @Test
  void getsWithoutABody() throws Exception {
    assertThat(transport.get(receiver.address(), Map.of()).isSuccess()).isTrue();

    assertThat(receiver.last().method()).isEqualTo("GET");
    assertThat(receiver.last().body()).isEmpty();
  }

  @Test
  void doesNotRepeatARequestOfItsOwnAccord() throws Exception {
    for (int status : List.of(503, 408, 421, 401)) {
      receiver.answer(status, Map.of("retry-after", "0"));
      assertThat(post(receiver.address()).status()).isEqualTo(status);
    }

    assertThat(receiver.requests()).hasSize(4);
  }

  @Test
  void readsTheFirst64KiBOfAnAnswer() throws Exception {
    receiver.answer(Receiver.Answer.of(200, "x".repeat(1_000_000)));

    assertThat(post(receiver.address()).body()).hasSize(64 << 10);
  }

  @Test
  void keepsNoCookies() throws Exception {
    receiver.answer(200, Map.of("set-cookie", "a=b"));

    post(receiver.address());
    post(receiver.address());

    assertThat(receiver.last().headers().firstValue("cookie")).isEmpty();
  }

  @Test
  void refusesAnAddressWrittenIntoTheUrl() {
    HttpTransport strict = new HttpTransport(DestinationGuard.publicOnly(), TIMEOUT, CLOCK);

    DeliveryException failure = failureOf(strict, receiver.address());

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure)
        .hasMessageStartingWith("destination refused: 127.0.0.1 is at 127.0.0.1")
        .hasMessageContaining("alerts.allow")
        .hasNoCause();
    assertThat(receiver.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1", "2130706433", "[::ffff:127.0.0.1]", "[::7f00:1]", "0x7f.1"})
  void refusesEveryOtherSpellingOfLoopback(String host) {
    HttpTransport strict = new HttpTransport(DestinationGuard.publicOnly(), TIMEOUT, CLOCK);
    URI address = URI.create("http://" + host + ":" + receiver.base().getPort() + "/");

    failureOf(strict, address);

    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void refusesANameThatLeadsInside() {
    DestinationGuard guard =
        new DestinationGuard(host -> List.of(InetAddress.getLoopbackAddress()), List.of());
    HttpTransport strict = new HttpTransport(guard, TIMEOUT, CLOCK);

    DeliveryException failure = failureOf(strict, named("evil.example"));

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("evil.example is at 127.0.0.1");
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void asksANameThatWasAllowedAtTheAddressThatWasChecked() throws Exception {
    DestinationGuard guard =
        new DestinationGuard(
            host -> List.of(InetAddress.getLoopbackAddress()), List.of("am.internal"));

    try (HttpTransport open = new HttpTransport(guard, TIMEOUT, CLOCK)) {
      assertThat(open.post(named("am.internal"), Map.of(), "text/plain", BODY).isSuccess())
          .isTrue();
    }
  }

  @Test
  void aNameWithoutAnAddressMayBeRetried() {
    DestinationGuard guard =
        new DestinationGuard(
            host -> {
              throw new UnknownHostException(host);
            },
            List.of());

    DeliveryException failure =
        failureOf(new HttpTransport(guard, TIMEOUT, CLOCK), named("gone.example"));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("no answer: the receiver's host has no address");
  }

  @Test
  void aLookUpThatHangsTimesOut() {
    CountDownLatch never = new CountDownLatch(1);
    DestinationGuard guard =
        new DestinationGuard(
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new UnknownHostException(host);
            },
            List.of());

    try (HttpTransport hasty = new HttpTransport(guard, Duration.ofMillis(200), CLOCK)) {
      assertThat(failureOf(hasty, named("slow.example")))
          .hasMessage("no answer within PT0.2S")
          .matches(DeliveryException::isRetryable);
    }
  }

  @Test
  void trustsAnExtraAuthorityOnlyWhereItIsGiven() throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).commonName("ca").build();
    Path ca = folder.resolve("ca.pem");
    Files.writeString(ca, authority.certificatePem());
    DestinationGuard guard = DestinationGuard.allowing(List.of("localhost", "127.0.0.1"));
    HttpsServer server = tlsServer(authority);
    URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/s3cret");

    try (HttpTransport trusting = new HttpTransport(guard, TIMEOUT, CLOCK, ca)) {
      assertThat(trusting.get(address, Map.of()).status()).isEqualTo(204);
      assertThat(failureOf(transport, address))
          .hasMessageStartingWith("no answer: TLS failed: ")
          .hasMessageNotContaining("s3cret")
          .matches(DeliveryException::isRetryable);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void refusesToStartWithAFileThatHoldsNoCertificates() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    DestinationGuard guard = DestinationGuard.publicOnly();

    assertThatThrownBy(() -> new HttpTransport(guard, TIMEOUT, CLOCK, empty))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HttpTransport(guard, TIMEOUT, CLOCK, folder.resolve("none.pem")))
        .hasMessageStartingWith("could not read certificates from");
    assertThatThrownBy(() -> new HttpTransport(guard, Duration.ZERO, CLOCK))
        .hasMessage("timeout must be >= 1 ms, was PT0S");
  }

  private HttpAnswer post(URI address) throws Exception {
    return transport.post(address, Map.of(), "application/json", BODY);
  }

  private URI named(String host) {
    return URI.create("http://" + host + ":" + receiver.base().getPort() + "/path");
  }

  private static DeliveryException failureOf(HttpTransport transport, URI address) {
    DeliveryException failure =
        catchThrowableOfType(
            DeliveryException.class,
            () -> transport.post(address, Map.of(), "application/json", BODY));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static HttpsServer tlsServer(HeldCertificate authority) throws IOException {
    HeldCertificate server =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder().heldCertificate(server).build();
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
    https.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    https.start();
    return https;
  }
}
