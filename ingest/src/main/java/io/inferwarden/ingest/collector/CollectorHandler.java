package io.inferwarden.ingest.collector;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Leads each request to its page or its route, once it is known who sends it. */
final class CollectorHandler extends Handler.Abstract {
  private static final String OTHER_PATHS = "other";

  private final Map<String, PostRoute> routes = new HashMap<>();
  private final Pages pages;
  private final Gatekeeper gatekeeper;
  private final RequestsInFlight inFlight;
  private final MemoryBudget memory;
  private final ConnectionWatch connections;
  private final Posting.Surroundings surroundings;
  private final Answers ownAnswers = new JsonAnswers();
  private volatile boolean isClosing;

  CollectorHandler(
      List<PostRoute> routes,
      RequestsInFlight inFlight,
      ConnectionWatch connections,
      Posting.Surroundings surroundings) {
    CollectorParts parts = surroundings.parts();
    for (PostRoute route : routes) {
      if (this.routes.put(route.path(), route) != null) {
        throw new IllegalArgumentException("only one route may take '" + route.path() + "'");
      }
    }
    this.pages = new Pages(parts.intake().log(), parts.registry());
    this.gatekeeper = new Gatekeeper(parts.keys(), parts.clock());
    this.inFlight = inFlight;
    this.memory = new MemoryBudget(surroundings.limits().memoryBytes());
    this.connections = connections;
    this.surroundings = surroundings;
  }

  /** Has requests that come now answered with 503. */
  void refuseMore() {
    isClosing = true;
    inFlight.close();
  }

  long memoryInUseBytes() {
    return memory.usedBytes();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    PostRoute route = routes.get(path);
    String label = route != null || pages.has(path) ? path : OTHER_PATHS;
    Connection connection = request.getConnectionMetaData().getConnection();
    CollectorMetrics metrics = surroundings.metrics();
    long began = surroundings.parts().nanos().getAsLong();
    connections.requestBegan(connection);
    metrics.requestBegan();
    Exchange exchange =
        new Exchange(
            request,
            response,
            callback,
            status -> {
              connections.requestEnded(connection);
              long took = surroundings.parts().nanos().getAsLong() - began;
              metrics.requestEnded(label, status, took / 1e9);
            });
    if (route == null) {
      showPage(exchange, path);
    } else {
      post(exchange, route);
    }
    return true;
  }

  private void showPage(Exchange exchange, String path) {
    Answer page = pages.page(path, isClosing);
    String method = exchange.request().getMethod();
    if (page == null) {
      answer(exchange, Outcome.problem(404, "not_found", "nothing is here"));
    } else if (method.equals("GET") || method.equals("HEAD")) {
      exchange.send(page);
    } else {
      answer(exchange.allowing("GET, HEAD"), wrongMethod("GET"));
    }
  }

  private void post(Exchange exchange, PostRoute route) {
    Request request = exchange.request();
    String contentType = mediaType(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (!request.getMethod().equals("POST")) {
      exchange.allowing("POST").answer(wrongMethod("POST"), ownAnswers, contentType);
      return;
    }
    Gatekeeper.Speaker speaker = gatekeeper.speaker(request);
    ContentCoding coding = coding(request);
    Outcome refusal = refusal(request, route, speaker, contentType, coding);
    if (refusal != null || speaker == null || coding == null) {
      if (refusal != null && refusal.isOverQuota()) {
        surroundings.metrics().countOverQuota(route.path());
      }
      Outcome outcome =
          refusal == null ? Outcome.problem(400, "bad_request", "bad request") : refusal;
      Runnable answer = () -> exchange.answer(outcome, route.answers(), contentType);
      if (speaker == null) {
        answer.run(); // whom nobody knows is not listened to
      } else {
        LongSupplier nanos = surroundings.parts().nanos();
        new DiscardedBody(request, surroundings.limits(), nanos, answer).run();
      }
      return;
    }
    RequestsInFlight.Entry entry = inFlight.enter();
    if (entry != RequestsInFlight.Entry.ENTERED) {
      exchange.closing().answer(notEntered(entry), route.answers(), contentType);
      return;
    }
    MemoryBudget.Share share = memory.share();
    exchange.releasing(
        () -> {
          share.giveBackAll();
          inFlight.leave();
        });
    new Posting(exchange, route, speaker.client(), contentType, coding, share, surroundings)
        .begin();
  }

  private @Nullable Outcome refusal(
      Request request,
      PostRoute route,
      Gatekeeper.@Nullable Speaker speaker,
      String contentType,
      @Nullable ContentCoding coding) {
    if (speaker == null) {
      return Outcome.problem(
          401,
          "unauthorized",
          "expected a known key as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY',"
              + " or a known certificate; without configured keys, only programs on this machine"
              + " may send, through no proxy and from no web page");
    }
    if (!speaker.mayPostTo(route.path())) {
      return Outcome.problem(403, "forbidden", "this key may not post to " + route.path());
    }
    if (!route.contentTypes().contains(contentType)) {
      return Outcome.problem(
          415,
          "unsupported_content_type",
          "expected a Content-Type of "
              + String.join(", ", new TreeSet<>(route.contentTypes()))
              + ", found "
              + (contentType.isEmpty() ? "none" : contentType));
    }
    if (coding == null) {
      return Outcome.problem(
          415, "unsupported_encoding", "expected a Content-Encoding of gzip, zstd or identity");
    }
    int limit = surroundings.limits().bodyBytes();
    if (request.getLength() > limit) {
      return RefusedBody.tooManyBytes(limit).outcome();
    }
    return route.refusal(speaker.client());
  }

  private static @Nullable ContentCoding coding(Request request) {
    HttpField field = request.getHeaders().getField(HttpHeader.CONTENT_ENCODING);
    return ContentCoding.named(field == null ? null : field.getValue());
  }

  private static Outcome notEntered(RequestsInFlight.Entry entry) {
    return entry == RequestsInFlight.Entry.FULL
        ? Outcome.problem(429, "too_many_requests", "too many requests are under way", 1)
        : Outcome.problem(503, "closing", "the collector is being stopped", 1);
  }

  private static Outcome wrongMethod(String right) {
    return Outcome.problem(405, "method_not_allowed", "expected " + right);
  }

  private void answer(Exchange exchange, Outcome outcome) {
    exchange.answer(outcome, ownAnswers, "");
  }

  private static String mediaType(@Nullable String header) {
    if (header == null) {
      return "";
    }
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
