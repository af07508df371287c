package io.inferwarden.ingest.source;

import java.util.Map;

/**
 * What one request, or one record of a topic, carries.
 *
 * @param body decompressed bytes; not copied, not to be changed
 * @param contentType media type in lower case, without parameters, such as {@code
 *     application/json}; empty when not said
 * @param headers by name in lower case
 * @param receivedAtMillis when it arrived, since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record Payload(
    byte[] body, String contentType, Map<String, String> headers, long receivedAtMillis) {
  /** A header, or an empty string. */
  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }
}
