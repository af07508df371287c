package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.book.IncidentFilter;
import io.inferwarden.alerting.book.Page;
import io.inferwarden.alerting.book.Place;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Incidents: which there are, one of them, and what people do to it. */
final class IncidentRoutes {
  /** How long an answer waits for its own effect. */
  static final Duration EFFECT = Duration.ofSeconds(5);

  static final int MOST_NOTE = 2_000;
  private static final int SHOWN_REASONS = 2;
  private static final String NOT_JUDGED = "none";

  private final ApiBooks books;
  private final ActionWriter actions;
  private final Clock clock;

  IncidentRoutes(ApiBooks books, ActionWriter actions, Clock clock) {
    this.books = books;
    this.actions = actions;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(Api.PREFIX + "/incidents", this::list),
        Route.get(Api.PREFIX + "/incidents/{id}", this::show),
        Route.post(Api.PREFIX + "/incidents/{id}/acknowledge", this::acknowledge),
        Route.post(Api.PREFIX + "/incidents/{id}/verdict", this::judge));
  }

  private Answer list(ApiRequest request) throws ApiProblem {
    request.allowOnly(
        "state",
        "kind",
        "severity",
        "model",
        "subject",
        "since",
        "until",
        "verdict",
        "open",
        "text",
        "limit",
        "cursor");
    IncidentFilter filter = filter(request);
    Page<Incident> page =
        books.incidents().page(filter, request.cursor().orElse(null), request.limit());
    ObjectNode body = JsonFields.newObject();
    ArrayNode items = body.putArray("incidents");
    page.items().forEach(incident -> items.add(brief(incident)));
    body.put("next", page.next().map(Place::cursor).orElse(null));
    body.put("held", books.incidents().size());
    body.put("forgotten", books.incidents().forgotten());
    return JsonAnswer.ok(body);
  }

  private static IncidentFilter filter(ApiRequest request) throws ApiProblem {
    return new IncidentFilter(
        setOf(IncidentState.class, request.parameters("state", IncidentState::ofCode)),
        setOf(IncidentKind.class, request.parameters("kind", IncidentRoutes::kind)),
        request.parameter("severity", Severity::ofCode),
        request.parameter("model"),
        request.parameter("subject"),
        request.time("since"),
        request.time("until"),
        request.parameter("verdict", IncidentRoutes::verdict),
        request.parameter("open", IncidentRoutes::yesOrNo),
        request.parameter("text"));
  }

  private static <E extends Enum<E>> Set<E> setOf(Class<E> type, List<E> values) {
    Set<E> set = EnumSet.noneOf(type);
    set.addAll(values);
    return set;
  }

  private static IncidentKind kind(String code) {
    for (IncidentKind kind : IncidentKind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    String known =
        Arrays.stream(IncidentKind.values())
            .map(IncidentKind::code)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("kind must be one of " + known);
  }

  private static Optional<IncidentVerdict> verdict(String code) {
    if (code.equals(NOT_JUDGED)) {
      return Optional.empty();
    }
    try {
      return Optional.of(IncidentVerdict.ofCode(code));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("verdict must be true, false, benign or none", e);
    }
  }

  private static boolean yesOrNo(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("open must be true or false");
    }
    return text.equals("true");
  }

  /** Without what can be long: the evidence, the members and the techniques. */
  private static ObjectNode brief(Incident incident) {
    ObjectNode tree = IncidentJson.toTree(incident);
    tree.remove(List.of(JsonNames.EVIDENCE, JsonNames.MEMBERS, JsonNames.TECHNIQUES));
    ArrayNode reasons = tree.putArray("reasons");
    incident.evidence().stream().limit(SHOWN_REASONS).map(Evidence::sentence).forEach(reasons::add);
    return tree;
  }

  private Answer show(ApiRequest request) throws ApiProblem {
    request.allowOnly();
    return JsonAnswer.ok(inFull(wanted(request)));
  }

  private Incident wanted(ApiRequest request) throws ApiProblem {
    return books
        .incidents()
        .find(request.path("id"))
        .orElseThrow(
            () ->
                ApiProblem.notFound(
                    "there is no such incident, or it is too long ago; GET "
                        + Api.PREFIX
                        + "/incidents lists those that are known"));
  }

  private ObjectNode inFull(Incident incident) {
    ObjectNode body = JsonFields.newObject();
    body.set("incident", IncidentJson.toTree(incident));
    ArrayNode deliveries = body.putArray("deliveries");
    for (Delivery delivery : books.deliveries().ofIncident(incident.id())) {
      deliveries.add(DeliveryJson.toTree(delivery));
    }
    return body;
  }

  private Answer acknowledge(ApiRequest request)
      throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    Incident incident = wanted(request);
    JsonNode body = request.body(JsonNames.NOTE);
    String note = ApiRequest.text(body, JsonNames.NOTE, MOST_NOTE).orElse("");
    if (!incident.isOpen()) {
      throw ApiProblem.conflict("the incident is resolved, so nobody needs to look after it");
    }
    String by = request.caller().name();
    if (isAcknowledged(incident, by)) {
      return JsonAnswer.ok(inFull(incident));
    }
    write(
        incident.subject(),
        new IncidentAction.Acknowledge(
            incident.id(),
            IncidentLedger.key(incident),
            new Acknowledgement(by, clock.millis(), note)));
    return whenSeen(incident, latest -> isAcknowledged(latest, by));
  }

  private static boolean isAcknowledged(Incident incident, String by) {
    Acknowledgement acknowledgement = incident.handling().acknowledgement();
    return acknowledgement != null && acknowledgement.by().equals(by);
  }

  private Answer judge(ApiRequest request) throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    Incident incident = wanted(request);
    JsonNode body = request.body(JsonNames.VERDICT, JsonNames.NOTE);
    String note = ApiRequest.text(body, JsonNames.NOTE, MOST_NOTE).orElse("");
    IncidentVerdict verdict =
        ApiRequest.valid(
            JsonNames.VERDICT,
            () -> IncidentVerdict.ofCode(JsonFields.text(body, JsonNames.VERDICT)));
    Judgement judgement = new Judgement(verdict, request.caller().name(), clock.millis(), note);
    write(incident.subject(), new IncidentAction.Judge(incident, judgement));
    return whenSeen(incident, latest -> judgement.equals(latest.handling().judgement()));
  }

  private void write(String subject, IncidentAction action)
      throws ApiProblem, InterruptedException {
    try {
      actions.write(subject, action);
    } catch (IOException e) {
      throw ApiProblem.unavailable("Kafka did not take it: " + e.getMessage());
    }
  }

  /** The incident with what was done to it, or as it was while that is under way. */
  private Answer whenSeen(Incident before, Predicate<Incident> isSeen) throws InterruptedException {
    Optional<Incident> after = books.incidents().await(before.id(), isSeen, EFFECT);
    return after.isPresent()
        ? JsonAnswer.ok(inFull(after.get()))
        : JsonAnswer.of(202, inFull(books.incidents().find(before.id()).orElse(before)));
  }
}
