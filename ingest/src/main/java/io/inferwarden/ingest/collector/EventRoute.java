package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.EventSource;
import java.util.Set;
import java.util.function.Function;

/**
 * A path that takes events in one format.
 *
 * @param path such as {@code /v1/events}
 * @param contentTypes media types it takes, in lower case; with an empty one, also a request that
 *     says none
 * @param sources reads the format, for one client; asked once for each client
 * @param answers speaks to the format's senders
 */
public record EventRoute(
    String path,
    Set<String> contentTypes,
    Function<Client, ? extends EventSource> sources,
    Answers answers) {
  /** Media types of JSON and of JSON lines. */
  public static final Set<String> JSON_LINES =
      Set.of(
          "application/json",
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "text/plain");

  /** Media types of OTLP over HTTP. */
  public static final Set<String> OTLP = Set.of("application/x-protobuf", "application/json");

  /** Media types of CloudEvents with JSON in them. */
  public static final Set<String> CLOUD_EVENTS =
      Set.of(
          "application/cloudevents+json", "application/cloudevents-batch+json", "application/json");

  public EventRoute {
    contentTypes = Set.copyOf(contentTypes);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must begin with '/', was '" + path + "'");
    }
    if (contentTypes.isEmpty()) {
      throw new IllegalArgumentException("contentTypes of '" + path + "' must not be empty");
    }
  }

  /** One source for everybody, and answers in JSON. */
  public static EventRoute of(String path, Set<String> contentTypes, EventSource source) {
    return new EventRoute(path, contentTypes, client -> source, new JsonAnswers());
  }
}
