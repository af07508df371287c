package io.inferwarden.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every sink that speaks HTTP has to do. A sink's test extends this, makes the sink, says what
 * its receiver answers to a message that it takes, and checks the format of what it got.
 */
@Timeout(30)
public abstract class HttpSinkContract {
  /** What the clock of every transport here says. */
  protected static final Instant NOW = Instant.parse("2026-03-02T14:02:30Z");

  protected static final InstantSource CLOCK = () -> NOW;

  /** Long enough for a slow machine, where nothing is meant to run into it. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);

  protected final Receiver receiver = new Receiver(this::success);
  private final List<HttpTransport> transports = new ArrayList<>();

  /**
   * The sink under test.
   *
   * @param address of the receiver; a sink with a path of its own may append it
   * @param transport to send with
   */
  protected abstract IncidentSink sink(URI address, HttpTransport transport);

  /** What the receiver answers to what it takes. */
  protected Receiver.Answer success(Receiver.Request request) {
    return Receiver.Answer.of(200, "ok");
  }

  /** What in a request tells the receiver that it has this notification already. */
  protected abstract String keyOf(Receiver.Request request);

  /** Fails when the request is not well-formed, or breaks a documented limit of the receiver. */
  protected abstract void checkFormat(Receiver.Request request);

  /** The secrets that the sink was made with: they must come out nowhere but in requests. */
  protected List<String> secrets() {
    return List.of();
  }

  /** What the receiver says to a message that it will never take. */
  protected Receiver.Answer refusal() {
    return Receiver.Answer.of(400, "no");
  }

  /** The sink under test, allowed to ask the local receiver. */
  protected final IncidentSink sink() {
    return sink(receiver.address(), transport(TIMEOUT, "127.0.0.1/32"));
  }

  /** A transport that may ask what is named. */
  protected final HttpTransport transport(Duration timeout, String... allowed) {
    HttpTransport transport =
        new HttpTransport(DestinationGuard.allowing(List.of(allowed)), timeout, CLOCK);
    transports.add(transport);
    return transport;
  }

  @BeforeEach
  final void startsWithoutRequests() {
    assertThat(receiver.requests()).isEmpty();
  }

  @AfterEach
  final void stop() {
    transports.forEach(HttpTransport::close);
    receiver.close();
  }

  static Stream<Incident> everyIncident() {
    return Examples.everyIncident().stream();
  }

  @ParameterizedTest
  @MethodSource("everyIncident")
  final void deliversEveryChangeAndKind(Incident incident) throws Exception {
    sink().deliver(Examples.notification(incident));

    assertThat(receiver.requests()).isNotEmpty().allSatisfy(this::checkFormat);
  }

  @Test
  final void deliversRemindersAndRedeliveries() throws Exception {
    Incident incident = Examples.incident("principal:k9", 2);

    sink().deliver(Examples.reminder(incident));
    sink().deliver(Examples.redelivery(incident));

    assertThat(receiver.requests()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(this::checkFormat);
  }

  @Test
  final void theSameNotificationTwiceCarriesTheSameKey() throws Exception {
    Notification notification = Examples.notification(Examples.incident("principal:k9", 2));
    receiver.answer(503);
    IncidentSink sink = sink();

    assertThat(failureOf(sink, notification).isRetryable()).isTrue();
    Receiver.Request first = receiver.last();
    sink.deliver(notification);

    assertThat(keyOf(receiver.last())).isNotBlank().isEqualTo(keyOf(first));
  }

  @Test
  final void tooManyRequestsMayBeRetriedAfterTheTimeThatWasAskedFor() {
    receiver.answer(429, Map.of("retry-after", "7"));

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  final void overloadAndServerFaultsMayBeRetried(int status) {
    receiver.answer(status);

    assertThat(failureOf(sink()).isRetryable()).isTrue();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  final void aReceiverThatHangsTimesOut() {
    receiver.answer(Receiver.Answer.hanging());

    assertThat(failureOf(hasty()).isRetryable()).isTrue();
  }

  @Test
  final void aReceiverThatNeverFinishesItsAnswerTimesOut() {
    receiver.answer(Receiver.Answer.dripping());

    assertThat(failureOf(hasty()).isRetryable()).isTrue();
  }

  @Test
  final void aRefusedConnectionMayBeRetriedAndKeepsTheAddressToItself() {
    IncidentSink sink = sink();
    receiver.close();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isTrue();
    assertTellsNoSecret(failure, sink);
  }

  @Test
  final void aMessageThatTheReceiverCannotReadIsNotSentAgain() {
    receiver.answer(refusal());
    IncidentSink sink = sink();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertTellsNoSecret(failure, sink);
  }

  @Test
  final void anAnswerThatRepeatsTheSecretsDoesNotBringThemIntoTheFailure() {
    String echo = receiver.address() + " " + String.join(" ", secrets());
    receiver.answer(Receiver.Answer.of(400, echo)).answer(Receiver.Answer.of(500, echo));
    IncidentSink sink = sink();

    assertTellsNoSecret(failureOf(sink), sink);
    assertTellsNoSecret(failureOf(sink), sink);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  final void aRedirectIsNotFollowed(int status) {
    try (Receiver elsewhere = new Receiver(this::success)) {
      receiver.answer(status, Map.of("location", elsewhere.address().toString()));

      DeliveryException failure = failureOf(sink());

      assertThat(failure.isRetryable()).isFalse();
      assertThat(elsewhere.requests()).isEmpty();
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  final void anAddressOfTheInsideIsRefusedUnlessItWasAllowed() {
    IncidentSink sink = sink(receiver.address(), transport(TIMEOUT));

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("alerts.allow").hasMessageContaining("127.0.0.1");
    assertThat(receiver.requests()).isEmpty();
    assertTellsNoSecret(failure, sink);
  }

  @Test
  final void hostileNamesBreakNoFormat() {
    IncidentSink sink = sink();
    for (String name : Examples.hostileNames()) {
      for (Incident incident : Examples.hostile(name)) {
        assertThatCode(() -> sink.deliver(Examples.notification(incident)))
            .as(name.length() > 80 ? name.substring(0, 80) : name)
            .doesNotThrowAnyException();
      }
    }

    assertThat(receiver.requests()).isNotEmpty().allSatisfy(this::checkFormat);
  }

  @Test
  final void anInterruptEndsTheAttempt() {
    receiver.answer(Receiver.Answer.hanging());
    IncidentSink sink = sink();
    Thread.currentThread().interrupt();

    InterruptedException interrupt =
        catchThrowableOfType(
            InterruptedException.class,
            () -> sink.deliver(Examples.notification(Examples.of(IncidentKind.EXTRACTION))));

    assertThat(interrupt).isNotNull();
  }

  /** What the sink says of an ordinary incident that its receiver does not take. */
  protected final DeliveryException failureOf(IncidentSink sink) {
    return failureOf(sink, Examples.notification(Examples.incident("principal:k9", 1)));
  }

  /** What the sink says of a notification that its receiver does not take. */
  protected static DeliveryException failureOf(IncidentSink sink, Notification notification) {
    DeliveryException failure =
        catchThrowableOfType(DeliveryException.class, () -> sink.deliver(notification));
    assertThat(failure).as("the failure of " + sink.name()).isNotNull();
    return failure;
  }

  /** A sink that waits for a short time only. */
  private IncidentSink hasty() {
    return sink(receiver.address(), transport(SHORT_TIMEOUT, "127.0.0.1/32"));
  }

  private void assertTellsNoSecret(DeliveryException failure, IncidentSink sink) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    List<String> hidden = new ArrayList<>(secrets());
    hidden.add(Receiver.PATH_SECRET);
    assertThat(trace + "\n" + sink + "\n" + sink.name()).doesNotContain(hidden);
  }
}
