package io.inferwarden.alerting.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's nginx as a child process, as a receiver that answers by the number of the connection: of
 * ten, one 429 with {@code Retry-After: 1}, two 500, one is reset and one hangs; the rest take what
 * they are told. It closes each connection after its answer, and logs ids and answers.
 */
final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final String CONFIGURATION =
      """
      daemon off;
      user root root;
      worker_processes 1;
      pid %1$s/pid;
      error_log %1$s/error.log;
      events {}
      http {
        log_format told '$http_webhook_id $status';
        access_log %1$s/access.log told;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        keepalive_timeout 0;
        map $connection $mood {
          ~3$ busy;
          ~[57]$ broken;
          ~8$ reset;
          ~9$ hang;
          default well;
        }
        server {
          listen 127.0.0.1:%2$d;
          location = /hook {
            if ($mood = busy) { add_header Retry-After 1 always; return 429; }
            if ($mood = broken) { return 500; }
            if ($mood = reset) { return 444; }
            if ($mood = hang) { rewrite ^ /hang last; }
            return 204;
          }
          location = /hang {
            proxy_pass http://127.0.0.1:%3$d;
          }
        }
      }
      """;

  private final Path folder;
  private final int port;

  /** Takes connections and never answers. */
  private final ServerSocket silent;

  private final Process process;

  private Nginx(Path folder) throws IOException {
    this.folder = folder;
    this.port = freePort();
    this.silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(folder, port, silent.getLocalPort()));
    this.process =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    awaitPort();
  }

  static Nginx start(Path folder) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "nginx is not installed");
    return new Nginx(folder);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + "/hook");
  }

  /** What was asked, as {@code ID STATUS}, in order; 444 is a reset and 499 a client that left. */
  List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("access.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitPort() throws IOException {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - start > DEADLINE.toNanos()) {
          throw new IOException(
              "nginx does not listen: " + Files.readString(folder.resolve("output")), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    silent.close();
  }
}
