package io.inferwarden.alerting.http;

import java.net.URI;
import java.time.Duration;

/** The checks that the settings of all HTTP sinks share; no failure quotes an address. */
public final class Endpoint {
  private Endpoint() {}

  /** Returns the address when HTTP can be spoken with it. */
  public static URI checked(String name, URI address) {
    boolean isHttp =
        "https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme());
    if (!isHttp || address.getHost() == null || address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          name + " must be an http or https address with a host and no user");
    }
    return address;
  }

  /** The address with a path appended to its own. */
  public static URI under(URI base, String path) {
    String start = base.toString();
    return URI.create(
        start.endsWith("/") ? start.substring(0, start.length() - 1) + path : start + path);
  }

  /** Returns the time limit when it is one. */
  public static Duration checkedTimeout(Duration timeout) {
    if (timeout.toMillis() <= 0) {
      throw new IllegalArgumentException("timeout must be >= 1 ms, was " + timeout);
    }
    return timeout;
  }
}
