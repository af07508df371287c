package io.inferwarden.alerting.sink.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gives the mail library sockets that connect to one address only, and puts TLS over them once they
 * are connected: a socket that connects and encrypts in one could not be pinned.
 */
final class PinnedTlsSockets extends SSLSocketFactory {
  private final PinnedSockets plain;
  private final SSLSocketFactory encryption;

  PinnedTlsSockets(PinnedSockets plain, SSLSocketFactory encryption) {
    this.plain = plain;
    this.encryption = encryption;
  }

  /** Not yet encrypted; the library asks for that when it is connected. */
  @Override
  public Socket createSocket() {
    return plain.createSocket();
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return encryption.createSocket(connected, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(plain.createSocket(host, port), host, port, true);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(plain.createSocket(host, port), host.getHostName(), port, true);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return encryption.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return encryption.getSupportedCipherSuites();
  }
}
