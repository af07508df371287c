package io.inferwarden.alerting.sink.syslog;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/** Finds out within two minutes that the peer of an idle connection is gone without a word. */
final class KeepAlive {
  private static final int IDLE_SECONDS = 60;
  private static final int INTERVAL_SECONDS = 10;
  private static final int PROBES = 6;

  private KeepAlive() {}

  static void enable(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    setIfKnown(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    setIfKnown(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
    setIfKnown(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }

  private static void setIfKnown(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }
}
