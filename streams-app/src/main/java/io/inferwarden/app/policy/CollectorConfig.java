package io.inferwarden.app.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where events are taken over HTTP, and from whom.
 *
 * @param host the address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param keys who may send; without any, whoever is on this machine
 * @param tls without it, plain HTTP
 * @param spool where events wait while Kafka is away; without it senders wait
 * @param formats what gateways call things
 */
public record CollectorConfig(
    String host,
    int port,
    List<Key> keys,
    Optional<Tls> tls,
    Optional<Spool> spool,
    Formats formats) {

  private static final CollectorConfig DEFAULTS =
      new CollectorConfig(
          "127.0.0.1", 8088, List.of(), Optional.empty(), Optional.empty(), Formats.defaults());

  public CollectorConfig {
    Rule.notBlank().require("collector.host", host);
    RunConfig.Operations.PORT.require("collector.port", port);
    keys = List.copyOf(keys);
  }

  /** On loopback, from whoever is on this machine. */
  public static CollectorConfig defaults() {
    return DEFAULTS;
  }

  /** The same with a spool in another folder, or the first one. */
  public CollectorConfig withSpool(Path folder) {
    long mostBytes = spool.map(Spool::mostBytes).orElse(Spool.DEFAULT_BYTES);
    return new CollectorConfig(
        host, port, keys, tls, Optional.of(new Spool(folder, mostBytes)), formats);
  }

  /**
   * Lets somebody send.
   *
   * @param name who that is, in the audit's place of the key; two keys of one name are one
   *     sender's, who changes from one to the other
   * @param sha256 hash of the key, 64 hexadecimal digits; empty for one who shows a certificate
   *     only
   * @param tenant whose names these are
   * @param models that it may speak of, {@code *} standing for any characters; empty for all
   * @param certificates common or alternative names of clients' certificates that stand for the key
   * @param eventsPerSecond how many events it may send on the average; empty for no bound
   * @param notBefore when it begins to hold
   * @param notAfter when it ceases to hold
   */
  public record Key(
      String name,
      Optional<String> sha256,
      String tenant,
      List<String> models,
      List<String> certificates,
      Optional<Integer> eventsPerSecond,
      Optional<Instant> notBefore,
      Optional<Instant> notAfter) {
    static final Rule<String> NAME =
        Rule.matching(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,59}",
            "up to 60 letters, digits, '.', '_' and '-', the first a letter or a digit");

    /** Does not repeat what it finds: that may be the key itself. */
    static final Rule<String> HASH =
        hash ->
            Rule.unless(
                hash.matches("[0-9a-f]{64}"),
                "must be the SHA-256 of the key as 64 hexadecimal digits;"
                    + " \"inferwarden collect key\" makes both");

    static final Rule<Integer> EVENTS_PER_SECOND = Rule.integerBetween(1, 10_000_000);

    public Key {
      NAME.require("collector.keys.name", name);
      sha256.ifPresent(hash -> HASH.require("collector.keys.sha256", hash));
      NAME.require("collector.keys.tenant", tenant);
      models = List.copyOf(models);
      certificates = List.copyOf(certificates);
      if (sha256.isEmpty() && certificates.isEmpty()) {
        throw new IllegalArgumentException("collector.keys must have sha256 or certificates");
      }
    }
  }

  /**
   * Certificates, as PEM files.
   *
   * @param certificate of the server, with its chain
   * @param key of the server, PKCS#8, not encrypted
   * @param clientAuthority who signs clients' certificates; with it, every client must show one
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientAuthority) {}

  /**
   * Where events wait.
   *
   * @param folder its own, made when missing
   * @param mostBytes at which no more is taken
   */
  public record Spool(Path folder, long mostBytes) {
    static final long DEFAULT_BYTES = 10L * 1024 * 1024 * 1024;

    public Spool {
      if (mostBytes < 64L * 1024 * 1024) {
        throw new IllegalArgumentException("spool must be at least 64 MiB, was " + mostBytes);
      }
    }
  }

  /**
   * What gateways call things; empty where the defaults hold.
   *
   * @param otlpPrincipal attributes that name who asked, tried in this order
   * @param kservePrincipal headers that name who asked, tried in this order
   * @param kserveJoinWithin how long half of an inference waits for the other
   * @param envoyFields by field of the event, the fields of the log that may hold it
   */
  public record Formats(
      List<String> otlpPrincipal,
      List<String> kservePrincipal,
      Duration kserveJoinWithin,
      Map<String, List<String>> envoyFields) {
    static final Rule<Duration> JOIN =
        value ->
            Rule.unless(
                value.compareTo(Duration.ofSeconds(1)) >= 0
                    && value.compareTo(Duration.ofMinutes(10)) <= 0,
                "must be from 1s to 10m, was " + DurationText.format(value));

    public Formats {
      otlpPrincipal = List.copyOf(otlpPrincipal);
      kservePrincipal = List.copyOf(kservePrincipal);
      JOIN.require("kserve.joinWithin", kserveJoinWithin);
      envoyFields = Map.copyOf(envoyFields);
    }

    static Formats defaults() {
      return new Formats(List.of(), List.of(), Duration.ofSeconds(60), Map.of());
    }
  }
}
