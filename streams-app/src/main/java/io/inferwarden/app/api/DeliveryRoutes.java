package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.book.DeliveryFilter;
import io.inferwarden.alerting.book.Page;
import io.inferwarden.alerting.book.Place;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.TestIncident;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of notifications, once more, and whether they arrive at all. */
final class DeliveryRoutes {
  private static final int MOST_NAME = 200;
  private static final int MOST_TIME = 40;
  private static final String SINK = "sink";
  private static final String ROUTE = "route";
  private static final String SINCE = "since";
  private static final String INCIDENT = "incident";
  private static final String OUTCOME = "outcome";

  private final ApiBooks books;
  private final ApiWriters writers;
  private final Receivers receivers;
  private final Clock clock;

  DeliveryRoutes(ApiBooks books, ApiWriters writers, Receivers receivers, Clock clock) {
    this.books = books;
    this.writers = writers;
    this.receivers = receivers;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(Api.PREFIX + "/deliveries", this::list),
        Route.post(Api.PREFIX + "/redeliver", this::redeliver),
        Route.post(Api.PREFIX + "/test", this::test));
  }

  private Answer list(ApiRequest request) throws ApiProblem {
    request.allowOnly(SINK, INCIDENT, OUTCOME, SINCE, "limit", "cursor");
    DeliveryFilter filter =
        new DeliveryFilter(
            request.parameter(SINK),
            request.parameter(INCIDENT),
            Set.copyOf(request.parameters(OUTCOME, DeliveryRoutes::outcome)),
            request.time(SINCE));
    Page<Delivery> page =
        books.deliveries().page(filter, request.cursor().orElse(null), request.limit());
    ObjectNode body = JsonFields.newObject();
    ArrayNode items = body.putArray("deliveries");
    page.items().forEach(delivery -> items.add(DeliveryJson.toTree(delivery)));
    body.put("next", page.next().map(Place::cursor).orElse(null));
    body.put("held", books.deliveries().size());
    body.put("forgotten", books.deliveries().forgotten());
    return JsonAnswer.ok(body);
  }

  private static Outcome outcome(String code) {
    try {
      return Outcome.ofCode(code);
    } catch (IllegalArgumentException e) {
      String known =
          Arrays.stream(Outcome.values()).map(Outcome::code).collect(Collectors.joining(", "));
      throw new IllegalArgumentException("outcome must be one of " + known, e);
    }
  }

  private Answer redeliver(ApiRequest request)
      throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    JsonNode body = request.body(SINK, SINCE);
    String sink = sink(name(body, SINK));
    Optional<String> given = ApiRequest.text(body, SINCE, MOST_TIME);
    long since = ApiRequest.valid(SINCE, () -> ApiRequest.time(SINCE, given.orElse("")));
    long notifications;
    try {
      notifications = writers.redeliverer().redeliver(sink, since);
    } catch (IOException e) {
      throw ApiProblem.unavailable("Kafka did not take it: " + e.getMessage());
    }
    ObjectNode answer = JsonFields.newObject();
    answer.put(SINK, sink);
    answer.put(SINCE, JsonFields.isoTime(since));
    answer.put("notifications", notifications);
    return JsonAnswer.of(202, answer);
  }

  private Answer test(ApiRequest request) throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    JsonNode body = request.body(ROUTE, SINK);
    Optional<String> route = name(body, ROUTE);
    Optional<String> sink = name(body, SINK);
    if (route.isPresent() == sink.isPresent()) {
      throw ApiProblem.badRequest("give either a route or a sink");
    }
    List<String> sinks = route.isPresent() ? sinksOf(route.get()) : List.of(sink(sink));
    long now = clock.millis();
    Incident incident =
        route.isPresent()
            ? TestIncident.ofRoute(route.get(), now)
            : TestIncident.ofSink(sinks.get(0), now);
    try {
      writers.actions().write(incident.subject(), new IncidentAction.Tell(incident));
    } catch (IOException e) {
      throw ApiProblem.unavailable("Kafka did not take it: " + e.getMessage());
    }
    ObjectNode answer = JsonFields.newObject();
    answer.put("id", incident.id());
    ArrayNode names = answer.putArray("sinks");
    sinks.forEach(names::add);
    return JsonAnswer.of(202, answer);
  }

  private static Optional<String> name(JsonNode body, String field) throws ApiProblem {
    return ApiRequest.text(body, field, MOST_NAME);
  }

  private String sink(Optional<String> name) throws ApiProblem {
    return name.filter(receivers.sinks()::contains)
        .orElseThrow(
            () ->
                ApiProblem.badRequest(
                    "sink must be one of " + String.join(", ", receivers.sinks())));
  }

  private List<String> sinksOf(String route) throws ApiProblem {
    return receivers
        .sinksOfRoute(route)
        .orElseThrow(
            () ->
                ApiProblem.badRequest(
                    "route must be one of " + String.join(", ", receivers.routes())));
  }
}
