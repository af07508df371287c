package io.inferwarden.alerting.sink.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A local SMTP server that takes everything but for the commands that it was told to refuse. */
final class ScriptedSmtp implements AutoCloseable {
  /** In place of an answer: none ever comes. */
  static final String HANG = "hang";

  /** In place of an answer: the connection ends. */
  static final String DROP = "drop";

  static final String GREETING = "greeting";
  static final String END_OF_DATA = ".";

  private final ServerSocket server;
  private final Map<String, String> script = new ConcurrentHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch accepted = new CountDownLatch(1);

  ScriptedSmtp() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on, commands that begin so get this answer. */
  ScriptedSmtp answer(String command, String answer) {
    script.put(command, answer);
    return this;
  }

  /** Commands that were heard and begin so. */
  List<String> heard(String prefix) {
    return commands.stream().filter(command -> command.startsWith(prefix)).toList();
  }

  /**
   * Returns when nobody can connect any more: until then the thread that accepts holds the port.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      accepted.await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server closes", e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (SocketException e) {
      closed.countDown(); // the socket was closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      accepted.countDown();
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      boolean goesOn = say(socket, answerTo(GREETING, "220 scripted"));
      boolean isData = false;
      for (String line = ""; goesOn && line != null; ) {
        line = in.readLine();
        if (line == null || (isData && !line.equals(END_OF_DATA))) {
          continue;
        }
        commands.add(line);
        String answer = answerTo(line, line.equals("DATA") ? "354 go on" : "250 ok");
        goesOn = say(socket, answer);
        isData = answer.startsWith("354");
      }
    } catch (SocketException e) {
      closed.getCount(); // the client went away, as it may
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answerTo(String command, String usual) {
    return script.entrySet().stream()
        .filter(entry -> command.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(usual);
  }

  private boolean say(Socket socket, String answer) throws IOException {
    if (answer.equals(DROP)) {
      return false;
    }
    if (answer.equals(HANG)) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return true;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }
}
