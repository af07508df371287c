package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.http.DestinationGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects only to where the guard lets it: the guard looks the name up, and what it
 * answered is what is connected to.
 */
final class GuardedSocket extends Socket {
  private final DestinationGuard guard;

  GuardedSocket(DestinationGuard guard) {
    this.guard = guard;
  }

  /** A socket that is connected. */
  static Socket connected(DestinationGuard guard, InetSocketAddress address) throws IOException {
    Socket socket = new GuardedSocket(guard);
    try {
      socket.connect(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    InetSocketAddress wanted = (InetSocketAddress) endpoint;
    InetAddress permitted = guard.lookup(wanted.getHostString()).get(0);
    super.connect(new InetSocketAddress(permitted, wanted.getPort()), timeout);
  }
}
