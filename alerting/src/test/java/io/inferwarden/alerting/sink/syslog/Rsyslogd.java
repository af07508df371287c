package io.inferwarden.alerting.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's rsyslogd as a child process that listens on a port of its own and writes each message to
 * a file as it came, and what it made of it to another.
 */
final class Rsyslogd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final String TLS_DRIVER = "rsyslog/lmnsd_ossl.so";
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.1";

  private static final String OUTPUT =
      """
      template(name="asItCame" type="list") {
        property(name="rawmsg") constant(value="\\n")
      }
      template(name="understood" type="list") {
        property(name="syslogfacility") constant(value="\\t")
        property(name="syslogseverity") constant(value="\\t")
        property(name="timereported" dateFormat="rfc3339") constant(value="\\t")
        property(name="hostname") constant(value="\\t")
        property(name="app-name") constant(value="\\t")
        property(name="msgid") constant(value="\\t")
        property(name="structured-data") constant(value="\\t")
        property(name="msg") constant(value="\\n")
      }
      action(type="omfile" file="%1$s/raw" template="asItCame")
      action(type="omfile" file="%1$s/understood" template="understood")
      """;

  private final Path directory;
  private final Path configuration;
  private final Path portFile;
  private final String global;
  private final String module;
  private final int port;
  private Process process;

  private Rsyslogd(Path directory, String global, String module) throws IOException {
    this.directory = directory;
    this.portFile = directory.resolve("port");
    this.global = global;
    this.module = module;
    this.configuration = directory.resolve("rsyslog.conf");
    configure(0);
    this.process = started(this::hasToldItsPort);
    this.port = Integer.parseInt(Files.readString(portFile).strip());
    waitUntil(() -> isListening() || !process.isAlive());
    configure(port); // where it is found again after a restart
  }

  /**
   * @param wanted 0 for any that is free: it is the receiver that takes it, so nobody else can
   */
  private void configure(int wanted) throws IOException {
    String input =
        ("input(type=\"imtcp\" port=\"%d\" listenPortFileName=\"%s\" address=\"%s\""
                + " supportOctetCountedFraming=\"on\")%n")
            .formatted(wanted, portFile, LOOPBACK);
    Files.writeString(
        configuration,
        "global(workDirectory=\"%s\" maxMessageSize=\"64k\" %s)%n".formatted(directory, global)
            + "module(load=\"imtcp\" %s)%n".formatted(module)
            + input
            + OUTPUT.formatted(directory));
  }

  static Rsyslogd tcp(Path directory) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "rsyslogd is not installed");
    return new Rsyslogd(directory, "", "");
  }

  /**
   * Over TLS.
   *
   * @param authMode {@code anon}, or {@code x509/certvalid} to ask for a certificate of the client
   */
  static Rsyslogd tls(Path directory, Path authority, Path certificate, Path key, String authMode)
      throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "rsyslogd is not installed");
    Assumptions.assumeTrue(hasTlsDriver(), "rsyslog-openssl is not installed");
    String global =
        "defaultNetstreamDriver=\"ossl\" defaultNetstreamDriverCAFile=\"%s\"".formatted(authority)
            + " defaultNetstreamDriverCertFile=\"%s\" defaultNetstreamDriverKeyFile=\"%s\""
                .formatted(certificate, key);
    String module =
        "streamDriver.name=\"ossl\" streamDriver.mode=\"1\" streamDriver.authMode=\"%s\""
            .formatted(authMode);
    return new Rsyslogd(directory, global, module);
  }

  int port() {
    return port;
  }

  /** The messages as they came, once there are as many. */
  List<String> messages(int count) {
    waitUntil(() -> lines("raw").size() >= count && lines("understood").size() >= count);
    return lines("raw");
  }

  /** What rsyslogd made of them. */
  List<String[]> understood() {
    return lines("understood").stream().map(line -> line.split("\t", -1)).toList();
  }

  void stop() {
    process.destroy();
    try {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void start() throws IOException {
    process = started(this::isListening);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private Process started(BooleanSupplier isReady) throws IOException {
    Process child =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-n",
                "-f",
                configuration.toString(),
                "-i",
                directory.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    waitUntil(() -> isReady.getAsBoolean() || !child.isAlive());
    assertThat(child.isAlive()).as(Files.readString(directory.resolve("log"))).isTrue();
    return child;
  }

  /** Debian keeps libraries in a folder named after the machine's architecture. */
  private static boolean hasTlsDriver() throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
      for (Path folder : folders) {
        if (Files.exists(folder.resolve(TLS_DRIVER))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasToldItsPort() {
    try {
      return Files.exists(portFile) && !Files.readString(portFile).isBlank();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> lines(String file) {
    Path path = directory.resolve(file);
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadlineNanos);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
