package io.inferwarden.app.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API of incidents, under {@value #PREFIX}. {@code openapi.json} beside this class says
 * what it takes and gives; a test holds the two together.
 *
 * <p>At most {@value #MOST_REQUESTS} requests are worked on at a time, each for at most half a
 * minute; streams have threads of their own.
 */
public final class Api implements HttpHandler, AutoCloseable {
  public static final String PREFIX = "/api/v1";

  static final int MOST_REQUESTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

  private final ApiBooks books;
  private final Doorkeeper doorkeeper;
  private final Deadlines deadlines = new Deadlines();
  private final IncidentStreams streams;
  private final List<Route> routes;
  private final Semaphore requests = new Semaphore(MOST_REQUESTS);

  public Api(
      ApiBooks books, ApiWriters writers, Receivers receivers, Doorkeeper doorkeeper, Clock clock) {
    this.books = books;
    this.doorkeeper = doorkeeper;
    this.streams = new IncidentStreams(books.incidents(), deadlines);
    List<Route> all = new ArrayList<>();
    all.add(Route.get(PREFIX + "/incidents/stream", streams::open));
    all.addAll(new IncidentRoutes(books, writers.actions(), clock).routes());
    all.addAll(new SilenceRoutes(books.silences(), writers.silences(), clock).routes());
    all.addAll(new DeliveryRoutes(books, writers, receivers, clock).routes());
    byte[] description = description();
    all.add(Route.get(PREFIX + "/openapi.json", request -> JsonAnswer.of(200, description)));
    this.routes = List.copyOf(all);
  }

  private static byte[] description() {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json must be beside " + Api.class.getName())
          .readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the test that holds them to their description. */
  List<Route> routes() {
    return routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!requests.tryAcquire()) {
      ApiProblem.unavailable("too many requests at a time").answer().send(exchange);
      return;
    }
    Deadlines.Deadline deadline = deadlines.within(LONGEST_REQUEST);
    try {
      Asked asked = new Asked(exchange);
      Answer answer = answer(asked);
      log(asked, answer);
      answer.send(exchange);
    } finally {
      deadline.end();
      requests.release();
    }
  }

  /** A request, and who turned out to have sent it. */
  private static final class Asked {
    private final HttpExchange exchange;
    private String by = "-";

    private Asked(HttpExchange exchange) {
      this.exchange = exchange;
    }

    private String method() {
      return exchange.getRequestMethod();
    }

    /** As it was sent: percent-encoded, so that it holds nothing that a log would obey. */
    private String path() {
      return Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
    }
  }

  private Answer answer(Asked asked) throws IOException {
    try {
      Caller caller = doorkeeper.admit(asked.exchange.getRequestHeaders());
      asked.by = caller.name();
      Route route = route(asked);
      Doorkeeper.require(caller, route.access());
      if (route.isWrite()) {
        Doorkeeper.requireSameOrigin(asked.exchange.getRequestHeaders());
      }
      if (!books.areCaughtUp()) {
        throw ApiProblem.unavailable("the incidents are still being read");
      }
      Map<String, String> parts = route.match(asked.path()).orElse(Map.of());
      return route.handler().answer(new ApiRequest(asked.exchange, caller, parts));
    } catch (ApiProblem problem) {
      return problem.answer();
    } catch (InterruptedException e) {
      return ApiProblem.unavailable("the request took too long").answer();
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", asked.method(), asked.path(), e);
      return ApiProblem.unexpected().answer();
    }
  }

  private Route route(Asked asked) throws ApiProblem {
    List<String> others = new ArrayList<>();
    for (Route route : routes) {
      if (route.match(asked.path()).isPresent()) {
        if (route.method().equals(asked.method())) {
          return route;
        }
        others.add(route.method());
      }
    }
    if (others.isEmpty()) {
      throw ApiProblem.notFound("see " + PREFIX + "/openapi.json for what there is");
    }
    throw ApiProblem.methodNotAllowed(String.join(", ", others));
  }

  private static void log(Asked asked, Answer answer) {
    if (asked.method().equals("GET")) {
      LOG.debug("{} {} {} by {}", answer.status(), asked.method(), asked.path(), asked.by);
    } else {
      LOG.info("{} {} {} by {}", answer.status(), asked.method(), asked.path(), asked.by);
    }
  }

  @Override
  public void close() {
    streams.close();
    deadlines.close();
  }
}
