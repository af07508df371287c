package io.inferwarden.ingest.source.kserve;

import java.util.Map;

/**
 * A request or a response as KServe's logger tells it: one CloudEvent.
 *
 * @param key what a request and its response have in common, and no other pair has
 * @param timeMillis when the logger sent it, since the epoch; NaN when it does not say
 * @param receivedAtMillis when it came, since the epoch
 * @param headers of the request that the logger was told to pass on, by name in lower case
 * @param body of the request or of the response
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Half(
    Key key,
    boolean isRequest,
    double timeMillis,
    long receivedAtMillis,
    Map<String, String> headers,
    byte[] body) {

  private static final int OVERHEAD_BYTES = 1024;

  /**
   * Which call a half belongs to. A transformer and its predictor log the same call, as do two
   * services where one asks the other, each with halves of its own.
   *
   * @param id of the CloudEvent
   */
  record Key(String id, String namespace, String service, String component, String endpoint) {
    private int characters() {
      return id.length()
          + namespace.length()
          + service.length()
          + component.length()
          + endpoint.length();
    }
  }

  /** Memory that it takes, about. */
  long bytes() {
    long bytes = OVERHEAD_BYTES + 2L * key.characters() + body.length;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      bytes += 128 + 2L * (header.getKey().length() + header.getValue().length());
    }
    return bytes;
  }

  /** The same, with a body that nobody else has. */
  Half withBodyOfItsOwn() {
    return new Half(key, isRequest, timeMillis, receivedAtMillis, headers, body.clone());
  }
}
