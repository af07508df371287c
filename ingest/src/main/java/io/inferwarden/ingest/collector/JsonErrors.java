package io.inferwarden.ingest.collector;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty refuses before the collector sees them, in JSON as well. */
final class JsonErrors implements Request.Handler {
  private final Answers answers = new JsonAnswers();

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 500;
    // The reason that Jetty gives may quote the request, which may hold a key.
    Answer answer =
        answers.of(
            Outcome.problem(
                status,
                status >= 500 ? "internal" : "bad_request",
                status + " " + HttpStatus.getMessage(status)),
            "");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }
}
