package io.inferwarden.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Server sockets on free loopback ports, bound before Kafka starts and handed to it when it asks.
 *
 * <p>Kafka needs the controller's port in its configuration. A port that is probed, released and
 * bound again can be lost to another process in between; one that stays bound cannot.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
  /** An address and not the name, so that no resolver and no hosts file takes part. */
  static final String HOST = "127.0.0.1";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Map<String, ServerSocketChannel> unclaimed = new HashMap<>();

  /**
   * Binds a port for the listener and returns its address.
   *
   * @param port 0 takes a free one
   */
  synchronized InetSocketAddress bind(String listenerName, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      unclaimed.put(listenerName, channel);
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listenerName,
      InetSocketAddress socketAddress,
      int listenBacklogSize,
      int receiveBufferBytes)
      throws IOException {
    ServerSocketChannel channel = unclaimed.remove(listenerName);
    if (channel == null) {
      throw new IOException("no socket was bound for the listener " + listenerName);
    }
    return channel;
  }

  /** Closes the sockets that Kafka never asked for; the others are Kafka's to close. */
  @Override
  public synchronized void close() {
    for (ServerSocketChannel channel : unclaimed.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    unclaimed.clear();
  }
}
