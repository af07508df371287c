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

  /** Returns the time limit when it is one. */
  public static Duration checkedTimeout(Duration timeout) {
    if (timeout.toMillis() <= 0) {
      throw new IllegalArgumentException("timeout must be >= 1 ms, was " + timeout);
    }
    return timeout;
  }
}
