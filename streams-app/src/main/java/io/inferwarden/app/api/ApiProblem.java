package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import java.util.Map;

/** Why a request is refused, as RFC 9457 has it: the detail says what would be right. */
final class ApiProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String detail;
  private final String headerName;
  private final String headerValue;

  private ApiProblem(
      int status, String title, String detail, String headerName, String headerValue) {
    super(title + ": " + detail);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.headerName = headerName;
    this.headerValue = headerValue;
  }

  private ApiProblem(int status, String title, String detail) {
    this(status, title, detail, "", "");
  }

  static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "Bad request", detail);
  }

  static ApiProblem unauthorized(String detail, String challenge) {
    return new ApiProblem(401, "Unauthorized", detail, "WWW-Authenticate", challenge);
  }

  static ApiProblem forbidden(String detail) {
    return new ApiProblem(403, "Forbidden", detail);
  }

  static ApiProblem notFound(String detail) {
    return new ApiProblem(404, "Not found", detail);
  }

  static ApiProblem methodNotAllowed(String allowed) {
    return new ApiProblem(
        405, "Method not allowed", "use " + allowed + " on this path", "Allow", allowed);
  }

  static ApiProblem conflict(String detail) {
    return new ApiProblem(409, "Conflict", detail);
  }

  static ApiProblem tooLarge(int mostBytes) {
    return new ApiProblem(
        413, "Content too large", "the body must have at most " + mostBytes + " bytes");
  }

  static ApiProblem unsupportedMediaType() {
    return new ApiProblem(
        415, "Unsupported media type", "send the header Content-Type: application/json");
  }

  static ApiProblem unexpected() {
    return new ApiProblem(500, "Internal error", "the log of the server says what happened");
  }

  static ApiProblem unavailable(String detail) {
    return new ApiProblem(503, "Not available now", detail, "Retry-After", "1");
  }

  Answer answer() {
    ObjectNode body = JsonFields.newObject();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    Map<String, String> headers = headerName.isEmpty() ? Map.of() : Map.of(headerName, headerValue);
    return new JsonAnswer(status, "application/problem+json", JsonFields.bytes(body), headers);
  }
}
