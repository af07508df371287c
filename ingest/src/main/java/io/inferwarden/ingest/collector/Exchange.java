package io.inferwarden.ingest.collector;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request that is answered once. */
final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final IntConsumer whenEnded;
  private final AtomicBoolean isAnswered = new AtomicBoolean();
  private Runnable release = () -> {};

  /**
   * @param whenEnded told the status when the answer is sent, or cannot be
   */
  Exchange(Request request, Response response, Callback callback, IntConsumer whenEnded) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.whenEnded = whenEnded;
  }

  Request request() {
    return request;
  }

  /** Answers an outcome in the words of the format. */
  void answer(Outcome outcome, Answers answers, String contentType) {
    HttpFields.Mutable headers = response.getHeaders();
    if (outcome.retryAfterSeconds() > 0) {
      headers.put(HttpHeader.RETRY_AFTER, Integer.toString(outcome.retryAfterSeconds()));
    }
    if (outcome.status() == 401) {
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    send(answers.of(outcome, contentType));
  }

  /** Has the connection closed behind the answer: what is left of the request is not read. */
  Exchange closing() {
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    return this;
  }

  /** Names the methods that the path knows. */
  Exchange allowing(String methods) {
    response.getHeaders().put(HttpHeader.ALLOW, methods);
    return this;
  }

  /** Has something let go of when the answer is sent, or cannot be. */
  void releasing(Runnable something) {
    release = something;
  }

  void send(Answer answer) {
    if (!isAnswered.compareAndSet(false, true)) {
      return;
    }
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(answer.body()), new Ending(answer.status()));
  }

  private final class Ending extends Callback.Nested {
    private final int status;

    Ending(int status) {
      super(callback);
      this.status = status;
    }

    // Before Jetty reads the next request of the connection, so that it finds this one counted.
    @Override
    public void succeeded() {
      end();
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      end();
      super.failed(failure);
    }

    private void end() {
      release.run();
      whenEnded.accept(status);
    }
  }
}
