package io.inferwarden.app.cluster;

import com.sun.net.httpserver.HttpHandler;
import io.inferwarden.alerting.book.DeliveryBook;
import io.inferwarden.alerting.book.IncidentBook;
import io.inferwarden.alerting.book.IncidentBookMetrics;
import io.inferwarden.alerting.book.SilenceBook;
import io.inferwarden.alerting.delivery.DeliveryHistory;
import io.inferwarden.alerting.delivery.SinkTrouble;
import io.inferwarden.app.api.Api;
import io.inferwarden.app.api.ApiBooks;
import io.inferwarden.app.api.ApiWriters;
import io.inferwarden.app.api.Doorkeeper;
import io.inferwarden.app.api.Receivers;
import io.inferwarden.app.names.Topics;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What people see of incidents, and what they do to them: the books, and the API on them. */
final class Feed implements AutoCloseable {
  private final DeliveryBook deliveries = new DeliveryBook();
  private final List<FollowedTopic> followed;
  private final AlertWriter writer;
  private final Api api;
  private final Clock clock;

  Feed(
      Map<String, Object> connection,
      Receivers receivers,
      Doorkeeper doorkeeper,
      CollectorRegistry registry,
      Clock clock) {
    this.clock = clock;
    IncidentBook incidents = new IncidentBook();
    SilenceBook silences = new SilenceBook();
    this.followed =
        List.of(
            new FollowedTopic(connection, Topics.INCIDENT_BOOK, incidents),
            new FollowedTopic(connection, Topics.DELIVERIES, deliveries),
            new FollowedTopic(connection, Topics.SILENCES, silences));
    this.writer = new AlertWriter(connection, deliveries, clock);
    this.api =
        new Api(
            new ApiBooks(incidents, deliveries, silences),
            new ApiWriters(writer, writer, writer),
            receivers,
            doorkeeper,
            clock);
    IncidentBookMetrics.register(incidents, registry);
  }

  void start() {
    followed.forEach(FollowedTopic::start);
  }

  HttpHandler api() {
    return api;
  }

  /** What was tried before this process began. */
  DeliveryHistory history() {
    return deliveries::find;
  }

  /** Hears of sinks that take nothing any more. */
  SinkTrouble trouble() {
    return new TellOfTrouble(writer, clock);
  }

  @Override
  public void close() {
    api.close();
    followed.forEach(FollowedTopic::close);
    writer.close();
  }
}
