package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.book.Page;
import io.inferwarden.alerting.book.Place;
import io.inferwarden.alerting.book.SilenceBook;
import io.inferwarden.alerting.route.Match;
import io.inferwarden.alerting.route.MatchJson;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.policy.DurationText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Silences: which there are, a new one, and the end of one. */
final class SilenceRoutes {
  private static final int MOST_REASON = 2_000;
  private static final int MOST_TIME = 40;
  private static final int ID_BYTES = 10;
  private static final String DURATION = "duration";
  private static final String STATE = "state";

  /** Where a silence stands in time. */
  private enum State {
    PENDING,
    ACTIVE,
    ENDED;

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static State of(Silence silence, long nowMillis) {
      if (silence.isActive(nowMillis)) {
        return ACTIVE;
      }
      return nowMillis >= silence.endsAtMillis() ? ENDED : PENDING;
    }

    private static State ofCode(String code) {
      return Arrays.stream(values())
          .filter(state -> state.code().equals(code))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("state must be one of pending, active, ended"));
    }
  }

  private final SilenceBook book;
  private final SilenceWriter writer;
  private final Clock clock;

  SilenceRoutes(SilenceBook book, SilenceWriter writer, Clock clock) {
    this.book = book;
    this.writer = writer;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(Api.PREFIX + "/silences", this::list),
        Route.post(Api.PREFIX + "/silences", this::add),
        Route.delete(Api.PREFIX + "/silences/{id}", this::expire));
  }

  private Answer list(ApiRequest request) throws ApiProblem {
    request.allowOnly(STATE, "limit", "cursor");
    List<State> states = request.parameters(STATE, State::ofCode);
    long now = clock.millis();
    Page<Silence> page =
        book.page(
            silence -> states.isEmpty() || states.contains(State.of(silence, now)),
            request.cursor().orElse(null),
            request.limit());
    ObjectNode body = JsonFields.newObject();
    ArrayNode items = body.putArray("silences");
    page.items().forEach(silence -> items.add(tree(silence)));
    body.put("next", page.next().map(Place::cursor).orElse(null));
    return JsonAnswer.ok(body);
  }

  private ObjectNode tree(Silence silence) {
    ObjectNode tree = SilenceJson.toTree(silence);
    tree.put(STATE, State.of(silence, clock.millis()).code());
    tree.put("meaning", silence.match().inWords());
    return tree;
  }

  private Answer add(ApiRequest request) throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    JsonNode body =
        request.body(
            SilenceJson.MATCH,
            SilenceJson.REASON,
            SilenceJson.STARTS_AT,
            SilenceJson.ENDS_AT,
            DURATION);
    long now = clock.millis();
    String reason =
        ApiRequest.text(body, SilenceJson.REASON, MOST_REASON)
            .orElseThrow(() -> ApiProblem.badRequest("reason must say why"));
    long startsAt = time(body, SilenceJson.STARTS_AT).orElse(now);
    long endsAt = endsAt(body, startsAt);
    if (endsAt <= now) {
      throw ApiProblem.badRequest("endsAt must be in the future");
    }
    String author = request.caller().name();
    Silence silence =
        ApiRequest.valid(
            SilenceJson.MATCH,
            () -> {
              Match match = MatchJson.fromTree(body.path(SilenceJson.MATCH));
              String id = id(MatchJson.toTree(match) + "\n" + author + "\n" + reason + "\n" + now);
              return new Silence(id, match, author, reason, startsAt, endsAt, now);
            });
    write(silence);
    return whenSeen(silence, 201);
  }

  private static long endsAt(JsonNode body, long startsAt) throws ApiProblem {
    Optional<Long> endsAt = time(body, SilenceJson.ENDS_AT);
    Optional<String> duration = ApiRequest.text(body, DURATION, MOST_TIME);
    if (endsAt.isPresent() == duration.isPresent()) {
      throw ApiProblem.badRequest("give either endsAt or a duration such as 2h");
    }
    if (endsAt.isPresent()) {
      return endsAt.get();
    }
    Duration length =
        DurationText.parse(duration.orElseThrow())
            .filter(parsed -> parsed.compareTo(Silence.LONGEST) <= 0 && !parsed.isNegative())
            .orElseThrow(
                () ->
                    ApiProblem.badRequest(
                        "duration must be such as 30m, 2h or 7d, and at most 90d"));
    return startsAt + length.toMillis();
  }

  private static Optional<Long> time(JsonNode body, String name) throws ApiProblem {
    Optional<String> text = ApiRequest.text(body, name, MOST_TIME);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(ApiRequest.valid(name, () -> ApiRequest.time(name, text.get())));
  }

  private Answer expire(ApiRequest request) throws ApiProblem, IOException, InterruptedException {
    request.allowOnly();
    Silence silence =
        book.find(request.path("id"))
            .orElseThrow(
                () ->
                    ApiProblem.notFound(
                        "there is no such silence; GET " + Api.PREFIX + "/silences lists them"));
    long now = clock.millis();
    if (State.of(silence, now) == State.ENDED) {
      return JsonAnswer.ok(tree(silence));
    }
    Silence ended = silence.ended(now);
    write(ended);
    return whenSeen(ended, 200);
  }

  private void write(Silence silence) throws ApiProblem, InterruptedException {
    try {
      writer.write(silence);
    } catch (IOException e) {
      throw ApiProblem.unavailable("Kafka did not take it: " + e.getMessage());
    }
  }

  private Answer whenSeen(Silence silence, int status) throws InterruptedException {
    Predicate<Silence> isSeen = silence::equals;
    Optional<Silence> seen = book.await(silence.id(), isSeen, IncidentRoutes.EFFECT);
    return new JsonAnswer(
        seen.isPresent() ? status : 202,
        "application/json",
        JsonFields.bytes(tree(silence)),
        Map.of("Location", Api.PREFIX + "/silences"));
  }

  /** The same for the same words at the same time, so that a request sent twice is one silence. */
  private static String id(String words) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return "sil_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
