package io.inferwarden.alerting.sink.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Alertmanager itself makes of the alerts, seen by the webhook that it calls. */
@Timeout(180)
class RealAlertmanagerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @BeforeAll
  static void needsTheProgram() {
    Assumptions.assumeTrue(Files.isExecutable(AlertmanagerPair.PROGRAM), "no Alertmanager here");
  }

  @Test
  void groupsSilencesAndResolvesIncidentsOnBothReplicas() throws Exception {
    Incident one = Examples.incident("principal:k1", 1);
    Incident two = Examples.incident("principal:k2 \"quoted\"\n<b>", 1);
    try (Receiver hook = new Receiver(request -> Receiver.Answer.of(200));
        AlertmanagerPair pair = new AlertmanagerPair(folder, hook.base());
        IncidentSink sink = sink(pair.urls())) {
      sink.deliver(Examples.notification(one));
      sink.deliver(Examples.notification(two));

      AlertmanagerPair.await(() -> isTold(hook, "firing", one) && isTold(hook, "firing", two));
      JsonNode message = messageOf(hook, two);
      assertThat(message.path("version").textValue()).isEqualTo("4");
      assertThat(message.at("/groupLabels/alertname").textValue())
          .isEqualTo("InferwardenModelAbuse");
      assertThat(message.path("alerts")).hasSize(2);
      assertThat(message.at("/commonAnnotations/severity").textValue()).isEqualTo("high");
      for (URI url : pair.urls()) {
        assertThat(pair.alerts(url)).hasSize(2);
      }

      sink.deliver(Examples.refresh(Examples.incident("principal:k1", 2)));
      assertThat(pair.alerts(pair.urls().get(0))).hasSize(2);

      pair.amtool(
          "silence", "add", "incident=" + one.id(), "--author=ana", "--comment=known", "-d", "1h");
      for (URI url : pair.urls()) {
        AlertmanagerPair.await(() -> "suppressed".equals(stateOf(pair.alerts(url), one)));
        assertThat(stateOf(pair.alerts(url), two)).isEqualTo("active");
      }

      sink.deliver(
          Examples.notification(
              Examples.incident(two.subject(), 2, IncidentState.RESOLVED, two.evidence())));
      AlertmanagerPair.await(() -> isTold(hook, "resolved", two));
      assertThat(isTold(hook, "resolved", one)).isFalse();
    }
  }

  @Test
  void takesEveryKindAndEveryHostileName() throws Exception {
    try (Receiver hook = new Receiver(request -> Receiver.Answer.of(200));
        AlertmanagerPair pair = new AlertmanagerPair(folder, hook.base());
        IncidentSink sink = sink(pair.urls())) {
      for (Incident incident : Examples.everyIncident()) {
        sink.deliver(Examples.notification(incident));
      }
      for (String name : Examples.hostileNames()) {
        for (Incident incident : Examples.hostile(name)) {
          sink.deliver(Examples.notification(incident));
        }
      }

      JsonNode alerts = pair.alerts(pair.urls().get(1));
      assertThat(StreamSupport.stream(alerts.spliterator(), false))
          .extracting(alert -> alert.at("/labels/alertname").textValue())
          .contains("InferwardenModelAbuse", AlertmanagerAlert.alertName(IncidentKind.DIGEST));
    }
  }

  private static IncidentSink sink(List<URI> urls) {
    AlertmanagerSink.Settings settings =
        new AlertmanagerSink.Settings(
            "am", urls, Map.of(), AlertmanagerSink.Settings.DEFAULT_VALIDITY, TIMEOUT);
    return new AlertmanagerSink(
        settings,
        new HttpTransport(
            DestinationGuard.allowing(List.of("127.0.0.1")), TIMEOUT, InstantSource.system()));
  }

  private static boolean isTold(Receiver hook, String status, Incident incident) {
    return hook.requests().stream()
        .map(request -> Json.parse(request.body()))
        .flatMap(message -> StreamSupport.stream(message.path("alerts").spliterator(), false))
        .anyMatch(
            alert ->
                status.equals(alert.path("status").textValue())
                    && incident.id().equals(alert.at("/labels/incident").textValue()));
  }

  /** The last message that names the incident. */
  private static JsonNode messageOf(Receiver hook, Incident incident) {
    return hook.requests().stream()
        .filter(request -> request.body().contains(incident.id()))
        .map(request -> Json.parse(request.body()))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static String stateOf(JsonNode alerts, Incident incident) {
    return StreamSupport.stream(alerts.spliterator(), false)
        .filter(alert -> incident.id().equals(alert.at("/labels/incident").textValue()))
        .map(alert -> alert.at("/status/state").textValue())
        .findFirst()
        .orElse("missing");
  }
}
