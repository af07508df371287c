package io.inferwarden.alerting.http;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;

/** Becomes the answer of a call, or its failure. */
final class AnswerOf extends CompletableFuture<HttpAnswer> implements Callback {
  private static final long MOST_BODY_BYTES = 64 << 10;

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      BufferedSource source = response.body().source();
      source.request(MOST_BODY_BYTES);
      String body =
          source.getBuffer().readUtf8(Math.min(MOST_BODY_BYTES, source.getBuffer().size()));
      complete(new HttpAnswer(response.code(), headersOf(response.headers()), body));
    } catch (IOException | RuntimeException e) {
      completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call call, IOException e) {
    completeExceptionally(e);
  }

  private static Map<String, String> headersOf(Headers headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < headers.size(); i++) {
      byName.put(headers.name(i), headers.value(i));
    }
    return byName;
  }
}
