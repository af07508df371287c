package io.inferwarden.alerting.sink.syslog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open connection to a syslog receiver, which only ever listens. */
final class SyslogConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyslogConnection.class);

  private static final int LOOK_MILLIS = 1;
  private static final int MOST_READS = 16;

  private final Socket raw;
  private final Socket socket;
  private final Deadlines deadlines;
  private final byte[] unexpected = new byte[1024];

  /**
   * @param raw the TCP connection, which may be closed while it is written to
   * @param socket the same, or the TLS connection over it
   */
  SyslogConnection(Socket raw, Socket socket, Deadlines deadlines) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.deadlines = deadlines;
    raw.setSoTimeout(LOOK_MILLIS);
  }

  /**
   * Whether the receiver has closed it, or it broke. A receiver has nothing to say, so what it says
   * is thrown away; one that does not stop talking is no syslog receiver.
   */
  boolean isClosedByPeer() {
    try {
      InputStream in = socket.getInputStream();
      for (int reads = 0; reads < MOST_READS; reads++) {
        if (in.read(unexpected) < 0) {
          return true;
        }
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Writes all of the frame. Then looks once more, since writing to a connection that the receiver
   * has just closed does not fail by itself.
   */
  void write(byte[] frame, Duration timeout) throws IOException {
    deadlines.within(
        timeout,
        raw,
        () -> {
          OutputStream out = socket.getOutputStream();
          out.write(frame);
          out.flush();
        });
    if (isClosedByPeer()) {
      throw new EOFException("closed by the receiver");
    }
  }

  /** Says goodbye in TLS where that can be done at once, and lets go. */
  @Override
  public void close() {
    try {
      deadlines.within(Duration.ofSeconds(1), raw, socket::close);
    } catch (IOException e) {
      log.debug("a syslog connection was not closed in order", e);
    }
  }
}
