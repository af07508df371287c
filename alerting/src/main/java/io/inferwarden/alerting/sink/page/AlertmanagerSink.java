package io.inferwarden.alerting.sink.page;

import io.inferwarden.alerting.http.Endpoint;
import io.inferwarden.alerting.http.HttpAnswer;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts to Prometheus Alertmanager, API v2, which then groups, silences and routes them.
 *
 * <p>Alertmanager forgets: an open incident is valid for {@link Settings#validity} and has to be
 * told again before that has passed; the outbox does so with {@link
 * io.inferwarden.alerting.outbox.Occasion#REFRESH}. So this sink keeps nothing of an incident.
 *
 * <p>Every replica is told, as Alertmanager asks; a load balancer before them would leave some
 * without. An attempt succeeds when one of them has taken the alert, for they tell each other who
 * notified; one that did not is left alone for {@link #PAUSE} and catches up with the next refresh.
 * If all had to take it, one dead replica would hold up the refreshes of the others, and their
 * alerts would end. Where none takes it, the failure may be retried if that of any of them may.
 *
 * <p>One alert a request: Alertmanager answers 400 to a batch of which it has stored a part. 400
 * and 422 are final.
 */
public final class AlertmanagerSink implements IncidentSink {
  /** How long a replica that did not answer is not asked, while another one answers. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerSink.class);

  private final Settings settings;
  private final HttpTransport transport;
  private final List<Replica> replicas = new ArrayList<>();

  /**
   * Which Alertmanager, and what it is told beside the incident.
   *
   * @param name of the sink
   * @param urls of all replicas, without the path of the API
   * @param labels further labels for all alerts of this sink, by which Alertmanager may route, such
   *     as {@code severity: critical} on the sink of a route for what is critical; none of those
   *     that the sink sets itself
   * @param validity how long an alert lasts that is not told again, at least 5 minutes
   * @param timeout for one attempt at one replica
   */
  public record Settings(
      String name,
      List<URI> urls,
      Map<String, String> labels,
      Duration validity,
      Duration timeout) {
    /** The outbox refreshes each minute, so several refreshes may be lost. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(5);

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      urls = List.copyOf(urls);
      if (urls.isEmpty()) {
        throw new IllegalArgumentException("urls of " + name + " must hold at least one");
      }
      urls.forEach(url -> Endpoint.checked("urls of " + name, url));
      labels = AlertmanagerAlert.checkedLabels(labels);
      if (validity.compareTo(DEFAULT_VALIDITY) < 0) {
        throw new IllegalArgumentException(
            "validity of " + name + " must be >= " + DEFAULT_VALIDITY + ", was " + validity);
      }
      Endpoint.checkedTimeout(timeout);
    }

    /** Without the addresses. */
    @Override
    public String toString() {
      return "alertmanager " + name + ", replicas: " + urls.size();
    }
  }

  /** One of the Alertmanagers, and until when it is left alone. */
  private static final class Replica {
    final int number;
    final URI target;
    Instant pausedUntil = Instant.MIN;

    Replica(int number, URI url) {
      this.number = number;
      this.target = Endpoint.under(url, "/api/v2/alerts");
    }
  }

  /** A sink that owns the transport and closes it. */
  public AlertmanagerSink(Settings settings, HttpTransport transport) {
    this.settings = settings;
    this.transport = transport;
    settings.urls().forEach(url -> replicas.add(new Replica(replicas.size() + 1, url)));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    Instant now = transport.clock().instant();
    byte[] body =
        AlertmanagerAlert.body(
            notification.incident(), now, settings.validity(), settings.labels());
    List<DeliveryException> failures = new ArrayList<>();
    List<Replica> due = replicas.stream().filter(each -> !each.pausedUntil.isAfter(now)).toList();
    boolean isTaken = isTakenByAny(due, body, failures);
    if (!isTaken) {
      List<Replica> paused = replicas.stream().filter(each -> !due.contains(each)).toList();
      isTaken = isTakenByAny(paused, body, failures);
    }
    if (!isTaken) {
      throw together(failures);
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  /** Tells all of them. */
  private boolean isTakenByAny(List<Replica> told, byte[] body, List<DeliveryException> failures)
      throws InterruptedException {
    boolean isTaken = false;
    for (Replica replica : told) {
      try {
        tell(replica, body);
        replica.pausedUntil = Instant.MIN;
        isTaken = true;
      } catch (DeliveryException e) {
        failures.add(e);
        if (e.isRetryable()) {
          replica.pausedUntil = transport.clock().instant().plus(PAUSE);
        }
        LOG.warn(
            "sink {}: replica {} of {} did not take an alert: {}",
            name(),
            replica.number,
            replicas.size(),
            e.getMessage());
      }
    }
    return isTaken;
  }

  private void tell(Replica replica, byte[] body) throws DeliveryException, InterruptedException {
    HttpAnswer answer = transport.post(replica.target, Map.of(), "application/json", body);
    if (!answer.isSuccess()) {
      throw answer.asFailure("alertmanager", transport.clock());
    }
  }

  /** The failure that leaves the most hope, and among such the one that asks for the least time. */
  private static DeliveryException together(List<DeliveryException> failures) {
    DeliveryException best = failures.get(0);
    for (DeliveryException failure : failures) {
      if (rank(failure) < rank(best)) {
        best = failure;
      }
    }
    return best;
  }

  private static long rank(DeliveryException failure) {
    return failure.isRetryable()
        ? failure.retryAfter().map(Duration::toMillis).orElse(0L)
        : Long.MAX_VALUE;
  }
}
