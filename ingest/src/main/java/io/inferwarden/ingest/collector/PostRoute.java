package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.Payload;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is behind a path that takes something. Thread-safe. */
interface PostRoute {
  String path();

  Set<String> contentTypes();

  Answers answers();

  /** Why this client's request is not even read; null when it is. */
  default @Nullable Outcome refusal(Client client) {
    return null;
  }

  /** Takes what was sent; completes, never exceptionally, when the outcome is certain. */
  CompletableFuture<Outcome> take(Client client, Payload payload);
}
