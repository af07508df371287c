package io.inferwarden.bench.collector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection that is kept open; just enough HTTP to cost little. */
final class LoadSender implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int ACCEPTED = 202;

  private final Socket socket;
  private final byte[] answer = new byte[64 << 10];
  private int length;

  LoadSender(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  /** Whether all of the request was accepted; for want of room or Kafka it may be refused. */
  boolean send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    length = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      read();
      headEnd = text(length).indexOf("\r\n\r\n");
    }
    String head = text(headEnd + 2).toLowerCase(Locale.ROOT);
    Matcher announced = LENGTH.matcher(head);
    if (!announced.find()) {
      throw new IOException("an answer without a length: " + head);
    }
    int end = headEnd + 4 + Integer.parseInt(announced.group(1));
    while (length < end) {
      read();
    }
    int status = Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3));
    if (status != ACCEPTED && status != 429 && status != 503) {
      throw new IOException(
          "the collector does not accept the load: " + text(Math.min(length, 500)));
    }
    return status == ACCEPTED;
  }

  private void read() throws IOException {
    InputStream in = socket.getInputStream();
    int count = in.read(answer, length, answer.length - length);
    if (count <= 0) {
      throw new EOFException("the collector closed after " + length + " bytes of its answer");
    }
    length += count;
  }

  private String text(int end) {
    return new String(answer, 0, end, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
