package io.inferwarden.alerting.sink.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that connects to one address, whatever the name it is given leads to by then. */
final class PinnedSocket extends Socket {
  private final InetAddress address;

  PinnedSocket(InetAddress address) {
    super(Proxy.NO_PROXY);
    this.address = address;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    int port = ((InetSocketAddress) endpoint).getPort();
    super.connect(new InetSocketAddress(address, port), timeout);
  }
}
