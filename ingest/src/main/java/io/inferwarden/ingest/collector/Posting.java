package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.Payload;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request that may speak, from its body to its answer. */
final class Posting {
  private static final Logger LOG = LoggerFactory.getLogger(Posting.class);

  /** Headers that hold secrets, which no format has a use for. */
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", Gatekeeper.API_KEY);

  private final Exchange exchange;
  private final PostRoute route;
  private final Client client;
  private final String contentType;
  private final ContentCoding coding;
  private final MemoryBudget.Share memory;
  private final Surroundings surroundings;

  /**
   * What all postings share.
   *
   * @param executor answers what the log has acknowledged, so that its threads need not
   */
  record Surroundings(CollectorParts parts, CollectorSettings.Limits limits, Executor executor) {
    CollectorMetrics metrics() {
      return parts.intake().metrics();
    }
  }

  Posting(
      Exchange exchange,
      PostRoute route,
      Client client,
      String contentType,
      ContentCoding coding,
      MemoryBudget.Share memory,
      Surroundings surroundings) {
    this.exchange = exchange;
    this.route = route;
    this.client = client;
    this.contentType = contentType;
    this.coding = coding;
    this.memory = memory;
    this.surroundings = surroundings;
  }

  /** Begins to read; the answer follows, from whatever thread. */
  void begin() {
    new BodyReader(
            exchange.request(),
            memory,
            surroundings.limits,
            surroundings.parts.nanos(),
            this::process,
            refused -> {
              exchange.closing();
              new DiscardedBody(
                      exchange.request(),
                      surroundings.limits,
                      surroundings.parts.nanos(),
                      () -> answer(refused.outcome()))
                  .run();
            })
        .run();
  }

  private void process(byte[] body) {
    surroundings.metrics().countBytes(route.path(), body.length);
    try {
      byte[] decoded = coding.decode(body, memory, surroundings.limits);
      long nowMillis = surroundings.parts.clock().millis();
      Payload payload = new Payload(decoded, contentType, headers(exchange.request()), nowMillis);
      CompletableFuture<Outcome> taking = route.take(client, payload);
      if (taking.isDone()) {
        answer(taking.join());
      } else {
        var unused = taking.thenAcceptAsync(this::answer, surroundings.executor);
      }
    } catch (RefusedBody refused) {
      answer(refused.outcome());
    } catch (RuntimeException | VirtualMachineError failure) {
      // The message may quote what was sent, so that only kind and place are logged.
      StackTraceElement[] trace = failure.getStackTrace();
      LOG.error(
          "A request to {} failed with {} at {}",
          route.path(),
          failure.getClass().getName(),
          trace.length == 0 ? "an unknown place" : trace[0]);
      answer(Outcome.problem(500, "internal", "the request could not be processed"));
    }
  }

  private void answer(Outcome outcome) {
    if (outcome.isOverQuota()) {
      surroundings.metrics().countOverQuota(route.path());
    }
    exchange.answer(outcome, route.answers(), contentType);
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!SECRET_HEADERS.contains(name)) {
        headers.putIfAbsent(name, field.getValue() == null ? "" : field.getValue());
      }
    }
    return headers;
  }
}
