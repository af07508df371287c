package io.inferwarden.alerting.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** All addresses of a host are such as must not be asked. */
final class RefusedDestinationException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedDestinationException(String host, InetAddress address) {
    super(
        host
            + " is at "
            + address.getHostAddress()
            + ", which is not on the public Internet; to send alerts there, name the host or its"
            + " network in alerts.allow (a link-local address must be named exactly)");
  }
}
