package io.inferwarden.app.api;

import io.inferwarden.app.policy.ApiToken.Access;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked.
 *
 * @param method of HTTP
 * @param template the path, whose parts in braces stand for any one part
 * @param access who may
 * @param handler answers
 */
record Route(String method, String template, Access access, Handler handler) {

  /** Answers a request. */
  interface Handler {
    Answer answer(ApiRequest request) throws ApiProblem, IOException, InterruptedException;
  }

  static Route get(String template, Handler handler) {
    return new Route("GET", template, Access.READER, handler);
  }

  static Route post(String template, Handler handler) {
    return new Route("POST", template, Access.OPERATOR, handler);
  }

  static Route delete(String template, Handler handler) {
    return new Route("DELETE", template, Access.OPERATOR, handler);
  }

  boolean isWrite() {
    return !method.equals("GET");
  }

  /** The parts in braces, when the path is one of this route. */
  Optional<Map<String, String>> match(String path) {
    List<String> wanted = List.of(template.split("/", -1));
    List<String> given = List.of(path.split("/", -1));
    if (wanted.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String part = wanted.get(i);
      if (part.startsWith("{") && !given.get(i).isEmpty()) {
        parts.put(part.substring(1, part.length() - 1), given.get(i));
      } else if (!part.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }
}
