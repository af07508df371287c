package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, as far as it is known: its request, its response, or both, with their
 * bodies, which are missing nodes where a half is.
 */
record Call(
    @Nullable Half request, JsonNode requestBody, @Nullable Half response, JsonNode responseBody) {

  /** A call of which one half is known. */
  Call(Half half, JsonNode body) {
    this(
        half.isRequest() ? half : null,
        half.isRequest() ? body : MissingNode.getInstance(),
        half.isRequest() ? null : half,
        half.isRequest() ? MissingNode.getInstance() : body);
  }

  /** The same with its other half. */
  Call with(Half half, JsonNode body) {
    return half.isRequest()
        ? new Call(half, body, response, responseBody)
        : new Call(request, requestBody, half, body);
  }

  /** The request, or the response where that is all that is known. */
  Half first() {
    Half first = request == null ? response : request;
    if (first == null) {
      throw new IllegalStateException("a call must have a half, had none");
    }
    return first;
  }

  /** When it was made; when the half came where the logger does not say. */
  double timeMillis() {
    double requested = request == null ? Double.NaN : request.timeMillis();
    double answered = response == null ? Double.NaN : response.timeMillis();
    if (!Double.isNaN(requested)) {
      return requested;
    }
    return Double.isNaN(answered) ? (double) first().receivedAtMillis() : answered;
  }

  /** Milliseconds from request to response, or NaN. */
  double latencyMillis() {
    return request == null || response == null
        ? Double.NaN
        : Math.rint((response.timeMillis() - request.timeMillis()) * 1000) / 1000;
  }

  /** The first of the request's headers that is there, or empty; responses can lack them. */
  String header(Iterable<String> names) {
    for (String name : names) {
      String value = request == null ? "" : request.headers().getOrDefault(name, "");
      if (value.isEmpty() && response != null) {
        value = response.headers().getOrDefault(name, "");
      }
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
