package io.inferwarden.ingest.source.json;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes ids of events out of ids of requests, which may be the caller's own choice. */
public final class EventIds {
  private static final int LONGEST = 200;

  private EventIds() {}

  /**
   * The request's id and its time. A delivery that is repeated gives the same id again; a caller
   * who sends one request id with every request does not make the requests duplicates. An id with
   * other characters than letters, digits and {@code . _ : -} is replaced by a UUID of its bytes.
   *
   * @return empty when the request has no id
   */
  public static String of(String requestId, double timeMillis) {
    if (requestId.isEmpty()) {
      return "";
    }
    String id =
        isPlain(requestId)
            ? requestId
            : UUID.nameUUIDFromBytes(requestId.getBytes(StandardCharsets.UTF_8)).toString();
    return id + ':' + Math.round(timeMillis);
  }

  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean isPlain = isLetter || (c >= '0' && c <= '9') || ".:_-".indexOf(c) >= 0;
      if (!isPlain) {
        return false;
      }
    }
    return id.length() <= LONGEST;
  }
}
