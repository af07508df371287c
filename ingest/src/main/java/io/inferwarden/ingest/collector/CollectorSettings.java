package io.inferwarden.ingest.collector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the collector listens, and what one sender or all together may ask of it.
 *
 * @param host to listen on; only a loopback address when neither keys nor certificates are asked
 *     for
 * @param port to listen on; 0 takes a free one
 * @param tls null for plain HTTP
 * @param limits what senders may ask of it
 */
public record CollectorSettings(String host, int port, @Nullable TlsSettings tls, Limits limits) {
  public CollectorSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
    }
  }

  /** Plain HTTP on this machine, on port 8088. */
  public static CollectorSettings defaults() {
    return new CollectorSettings("127.0.0.1", 8088, null, Limits.defaults());
  }

  /**
   * What senders may ask of the collector.
   *
   * @param bodyBytes of one request as it is sent: 413 above
   * @param decompressedBytes of one request: 413 above
   * @param compressionRatio decompressed bytes for each byte sent, once more than a mebibyte came
   *     out: 413 above
   * @param memoryBytes of all bodies that are read or processed, as sent and decompressed: 429
   *     above
   * @param headerBytes of one request's head: 431 above
   * @param requestTime in which a body must have come: 408 above
   * @param idleTime in which the next head must have come, and in which something of a body must
   *     come: the connection is closed, or 408
   * @param closeTime for requests that are under way when it closes
   * @param connections open at the same time; others wait to be accepted
   * @param requestsInFlight not answered yet: 429 above
   * @param threads that read, decompress and parse
   */
  public record Limits(
      int bodyBytes,
      int decompressedBytes,
      int compressionRatio,
      long memoryBytes,
      int headerBytes,
      Duration requestTime,
      Duration idleTime,
      Duration closeTime,
      int connections,
      int requestsInFlight,
      int threads) {
    public Limits {
      atLeast("bodyBytes", 1, bodyBytes);
      atLeast("decompressedBytes", bodyBytes, decompressedBytes);
      atLeast("compressionRatio", 1, compressionRatio);
      atLeast("memoryBytes", (long) bodyBytes + decompressedBytes, memoryBytes);
      atLeast("headerBytes", 256, headerBytes);
      positive("requestTime", requestTime);
      positive("idleTime", idleTime);
      positive("closeTime", closeTime);
      atLeast("connections", 1, connections);
      atLeast("requestsInFlight", 1, requestsInFlight);
      // Jetty keeps threads of its own for accepting and selecting.
      atLeast("threads", 8, threads);
    }

    /** Limits for a machine with a gigabyte to spare. */
    public static Limits defaults() {
      return new Limits(
          16 << 20,
          64 << 20,
          200,
          256L << 20,
          16 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          4096,
          1024,
          32);
    }

    private static void atLeast(String name, long minimum, long value) {
      if (value < minimum) {
        throw new IllegalArgumentException(name + " must be >= " + minimum + ", was " + value);
      }
    }

    private static void positive(String name, Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException(name + " must be >= 1 ms, was " + value);
      }
    }
  }
}
