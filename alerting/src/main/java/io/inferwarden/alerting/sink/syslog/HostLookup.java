package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.outbox.DeliveryException;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host that may be connected to. */
interface HostLookup {
  /** At least one address; fails where there is none, or none that is permitted. */
  List<InetAddress> lookup(String host) throws DeliveryException;
}
