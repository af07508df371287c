package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections to one receiver: to the first of its addresses that answers, with TLS where
 * that is asked for. The certificate files are read for each connection, so that renewed ones are
 * taken up.
 */
final class SyslogConnector implements AutoCloseable {
  private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SyslogSink.Settings settings;
  private final DestinationGuard guard;
  private final Deadlines deadlines = new Deadlines();

  SyslogConnector(SyslogSink.Settings settings, DestinationGuard guard) {
    this.settings = settings;
    this.guard = guard;
    if (settings.tls() != null) {
      TlsFiles.socketFactory(settings.tls());
    }
  }

  SyslogConnection connect() throws DeliveryException {
    List<InetAddress> addresses = guard.permitted(settings.host());
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      try {
        return connect(address);
      } catch (IOException e) {
        last = e;
      }
    }
    throw DeliveryException.retryable(
        "could not connect to the syslog receiver: " + SyslogSink.reason(last), last);
  }

  private SyslogConnection connect(InetAddress address) throws IOException, DeliveryException {
    Socket raw = new Socket(Proxy.NO_PROXY);
    try {
      raw.setTcpNoDelay(true);
      KeepAlive.enable(raw);
      Duration timeout = settings.connectTimeout();
      raw.connect(
          new InetSocketAddress(address, settings.port()), Math.toIntExact(timeout.toMillis()));
      SyslogSink.Tls tls = settings.tls();
      Socket socket = tls == null ? raw : encrypted(raw, tls, timeout);
      return new SyslogConnection(raw, socket, deadlines);
    } catch (IOException | DeliveryException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private Socket encrypted(Socket raw, SyslogSink.Tls tls, Duration timeout)
      throws IOException, DeliveryException {
    SSLSocket socket = layered(raw, tls);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(TLS_VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    deadlines.within(timeout, raw, socket::startHandshake);
    return socket;
  }

  /** The factory is made anew; files that were whole at the start may be renewed just now. */
  private SSLSocket layered(Socket raw, SyslogSink.Tls tls) throws IOException, DeliveryException {
    try {
      return (SSLSocket)
          TlsFiles.socketFactory(tls).createSocket(raw, settings.host(), settings.port(), true);
    } catch (IllegalArgumentException e) {
      throw DeliveryException.retryable(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    deadlines.close();
  }
}
