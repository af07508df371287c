package io.inferwarden.alerting.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that is sent once. OkHttp would repeat the request by itself after a 503 with {@code
 * Retry-After: 0}; whether and when to try again is for others to say.
 */
final class OneShotBody extends RequestBody {
  private final MediaType type;
  private final byte[] bytes;

  OneShotBody(MediaType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes.clone();
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
