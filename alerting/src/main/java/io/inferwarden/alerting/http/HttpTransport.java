package io.inferwarden.alerting.http;

import io.inferwarden.alerting.outbox.DeliveryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Asks receivers over HTTP/1.1. One call is one request: it is not repeated, redirects are not
 * followed, cookies are not kept and no proxy is used. The time limit holds for all of a call, from
 * the look-up of the name to the last byte of the answer.
 *
 * <p>An address may hold a credential in its path or query, so neither appears in any exception.
 * Safe for use by several threads.
 */
public final class HttpTransport implements AutoCloseable {
  /** How many calls to one receiver a sink makes at a time. */
  public static final int CALLS_AT_A_TIME = 4;

  private static final int IDLE_CONNECTIONS = 5;

  /** Less than servers keep one, so that a call seldom finds its connection closed. */
  private static final long IDLE_SECONDS = 5;

  private static final int MOST_DETAIL_CHARACTERS = 200;

  private final DestinationGuard guard;
  private final Duration timeout;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final OkHttpClient client;

  /** A transport that trusts the certificate authorities of the Java platform. */
  public HttpTransport(DestinationGuard guard, Duration timeout, InstantSource clock) {
    this(guard, timeout, clock, null);
  }

  /**
   * @param guard says which addresses may be asked
   * @param timeout for a call as a whole
   * @param clock for {@link #clock()}
   * @param extraCa a PEM file of further certificate authorities to trust, or null
   */
  public HttpTransport(
      DestinationGuard guard, Duration timeout, InstantSource clock, @Nullable Path extraCa) {
    this.guard = guard;
    this.timeout = Endpoint.checkedTimeout(timeout);
    this.clock = clock;
    this.threads = Executors.newCachedThreadPool(HttpTransport::daemon);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(new Dispatcher(threads))
            .protocols(List.of(Protocol.HTTP_1_1))
            .dns(guard::lookup)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout);
    if (extraCa != null) {
      Trust trust = Trust.withExtra(extraCa);
      builder.sslSocketFactory(trust.sockets(), trust.manager());
    }
    this.client = builder.build();
  }

  /** The clock by which dates in answers are read. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Posts a body and returns any answer of the receiver. A lost connection or a timeout is a
   * retryable failure, a destination that the guard refuses a permanent one; neither names the path
   * or a header.
   */
  public HttpAnswer post(URI target, Map<String, String> headers, String contentType, byte[] body)
      throws DeliveryException, InterruptedException {
    return ask(request(target, headers).post(new OneShotBody(MediaType.get(contentType), body)));
  }

  /** Gets an address and returns any answer; fails as {@link #post} does. */
  public HttpAnswer get(URI target, Map<String, String> headers)
      throws DeliveryException, InterruptedException {
    return ask(request(target, headers).get());
  }

  /** Ends calls that are under way, and lets go of all connections. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    threads.shutdownNow();
  }

  private Request.Builder request(URI target, Map<String, String> headers)
      throws DeliveryException {
    HttpUrl url = HttpUrl.get(target);
    if (url == null) {
      throw DeliveryException.permanent("the receiver's address is none of HTTP");
    }
    requirePermittedLiteral(url.host());
    Request.Builder request = new Request.Builder().url(url).header("user-agent", "inferwarden");
    headers.forEach(request::header);
    return request.header("accept-encoding", "identity");
  }

  /** OkHttp looks up names alone, so an address in the URL has to be guarded here. */
  private void requirePermittedLiteral(String host) throws DeliveryException {
    if (AddressRange.isLiteral(host)) {
      try {
        guard.lookup(host);
      } catch (UnknownHostException e) {
        throw failure(e);
      }
    }
  }

  /**
   * The call runs on a thread of its own: neither a look-up of a name nor a read from a socket ends
   * when its thread is interrupted, but this wait does.
   */
  private HttpAnswer ask(Request.Builder request) throws DeliveryException, InterruptedException {
    Call call = client.newCall(request.build());
    AnswerOf answer = new AnswerOf();
    call.enqueue(answer);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw tooLate();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      call.cancel();
    }
  }

  private DeliveryException tooLate() {
    return DeliveryException.retryable("no answer within " + timeout);
  }

  /** Without the cause: what network classes say of it is not under control here. */
  private DeliveryException failure(@Nullable Throwable cause) {
    if (cause instanceof RefusedDestinationException) {
      return DeliveryException.permanent("destination refused: " + cause.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return DeliveryException.retryable("no answer: the receiver's host has no address");
    }
    if (cause instanceof SSLException) {
      return DeliveryException.retryable("no answer: TLS failed: " + detail(cause));
    }
    if (cause instanceof InterruptedIOException) {
      return tooLate();
    }
    if (cause instanceof IOException) {
      return DeliveryException.retryable("no answer: " + cause.getClass().getSimpleName());
    }
    throw new IllegalStateException("a call fails with an I/O error only", cause);
  }

  /** What is wrong with a certificate: its names and issuers, never an address with a path. */
  private static String detail(Throwable cause) {
    String message =
        cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
    return message.length() <= MOST_DETAIL_CHARACTERS
        ? message
        : message.substring(0, MOST_DETAIL_CHARACTERS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "alert-http");
    thread.setDaemon(true);
    return thread;
  }
}
