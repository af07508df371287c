package io.inferwarden.alerting.sink.syslog;

import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends incidents to a syslog receiver: CEF in RFC 5424 messages, over TCP with octet counting (RFC
 * 6587) or over TLS (RFC 5425). The connection is kept between messages and opened anew when the
 * receiver has closed it.
 *
 * <p>Syslog has no acknowledgement. A notification counts as delivered once its bytes were handed
 * to the network while the receiver kept the connection open; before and after each message it is
 * looked whether it still does. What the receiver had not read when it was killed is lost unseen.
 * Whatever fails before that is attempted again, so a message may come twice, with the same id.
 */
public final class SyslogSink implements IncidentSink {
  private final Settings settings;
  private final SyslogConnector connector;
  private final String processId = Long.toString(ProcessHandle.current().pid());
  private volatile @Nullable SyslogConnection connection;

  /**
   * Where the messages go, and as whose.
   *
   * @param name of the sink
   * @param host name or address of the receiver
   * @param port 1 to 65535; 6514 is usual for TLS, 601 for TCP
   * @param tls how to encrypt; null for plain TCP
   * @param facility 0 to 23, such as 16 for local0
   * @param enterpriseNumber IANA private enterprise number of the structured data, 1 to 4294967295;
   *     {@link #DOCUMENTATION_ENTERPRISE_NUMBER} where nobody has one
   * @param senderHost what the messages name as their host: 1 to 255 visible ASCII characters
   * @param mostMessageBytes how long a message may be, 2048 to 65536 bytes; the summary is cut
   *     first
   * @param connectTimeout for the connection with its TLS handshake, above 0
   * @param writeTimeout for one message, above 0
   */
  public record Settings(
      String name,
      String host,
      int port,
      @Nullable Tls tls,
      int facility,
      long enterpriseNumber,
      String senderHost,
      int mostMessageBytes,
      Duration connectTimeout,
      Duration writeTimeout) {
    /** Local use 0. */
    public static final int DEFAULT_FACILITY = 16;

    /** The number that RFC 5612 keeps for examples; harmless within one organisation. */
    public static final long DOCUMENTATION_ENTERPRISE_NUMBER = 32473;

    /** What rsyslog takes unless told otherwise. */
    public static final int DEFAULT_MOST_MESSAGE_BYTES = 8192;

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final int LEAST_MESSAGE_BYTES = 2048;
    private static final int MOST_MESSAGE_BYTES = 65_536;

    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      if (!host.matches("\\S+")) {
        throw new IllegalArgumentException("host must be a name or an address, was '" + host + "'");
      }
      requireWithin("port", port, 1, 65_535);
      requireWithin("facility", facility, 0, 23);
      requireWithin("enterpriseNumber", enterpriseNumber, 1, 4_294_967_295L);
      if (!senderHost.matches("[!-~]{1,255}")) {
        throw new IllegalArgumentException(
            "senderHost must be 1 to 255 visible ASCII characters, was '" + senderHost + "'");
      }
      requireWithin("mostMessageBytes", mostMessageBytes, LEAST_MESSAGE_BYTES, MOST_MESSAGE_BYTES);
      requirePositive("connectTimeout", connectTimeout);
      requirePositive("writeTimeout", writeTimeout);
    }

    /** Plain TCP with the usual settings. */
    public static Settings tcp(String name, String host, int port, String senderHost) {
      return usual(name, host, port, null, senderHost);
    }

    /** TLS with the usual settings. */
    public static Settings tls(String name, String host, int port, Tls tls, String senderHost) {
      return usual(name, host, port, tls, senderHost);
    }

    private static Settings usual(
        String name, String host, int port, @Nullable Tls tls, String senderHost) {
      return new Settings(
          name,
          host,
          port,
          tls,
          DEFAULT_FACILITY,
          DOCUMENTATION_ENTERPRISE_NUMBER,
          senderHost,
          DEFAULT_MOST_MESSAGE_BYTES,
          DEFAULT_TIMEOUT,
          DEFAULT_TIMEOUT);
    }

    private static void requireWithin(String name, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " must be in " + least + ".." + most + ", was " + value);
      }
    }

    private static void requirePositive(String name, Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException(name + " must be >= 1 ms, was " + value);
      }
    }
  }

  /**
   * How to encrypt. The receiver's certificate must be valid for the configured host in any case.
   *
   * @param authorities a PEM file of the certificate authorities to trust; null for those of the
   *     Java platform
   * @param clientCertificate a PEM file with the certificate to show, and its chain; null to show
   *     none
   * @param clientKey a PEM file with its private key, PKCS #8 and not encrypted; null when there is
   *     no certificate
   */
  public record Tls(
      @Nullable Path authorities, @Nullable Path clientCertificate, @Nullable Path clientKey) {
    public Tls {
      if ((clientCertificate == null) != (clientKey == null)) {
        throw new IllegalArgumentException(
            "clientCertificate and clientKey must be given together");
      }
    }
  }

  /**
   * @param guard says which addresses may be connected to
   * @throws IllegalArgumentException when a file of the TLS settings cannot be read
   */
  public SyslogSink(Settings settings, DestinationGuard guard) {
    this.settings = settings;
    this.connector = new SyslogConnector(settings, guard);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException {
    byte[] frame = SyslogMessage.framed(SyslogMessage.of(notification, settings, processId));
    SyslogConnection open = connected();
    try {
      open.write(frame, settings.writeTimeout());
    } catch (IOException e) {
      disconnect();
      throw DeliveryException.retryable("could not write to the syslog receiver: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    disconnect();
    connector.close();
  }

  private SyslogConnection connected() throws DeliveryException {
    SyslogConnection known = connection;
    if (known != null && !known.isClosedByPeer()) {
      return known;
    }
    disconnect();
    SyslogConnection opened = connector.connect();
    connection = opened;
    return opened;
  }

  private void disconnect() {
    SyslogConnection known = connection;
    connection = null;
    if (known != null) {
      known.close();
    }
  }

  /** What went wrong in a few words; the message of a network exception names no secret. */
  static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
