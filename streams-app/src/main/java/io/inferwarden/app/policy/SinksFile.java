package io.inferwarden.app.policy;

import io.inferwarden.alerting.sink.chat.EmailSink;
import io.inferwarden.alerting.sink.page.AlertmanagerSink;
import io.inferwarden.alerting.sink.page.PagerDutySink;
import io.inferwarden.alerting.sink.siem.DataStream;
import io.inferwarden.alerting.sink.siem.OcsfKafkaSink;
import io.inferwarden.alerting.sink.siem.SplunkSink;
import io.inferwarden.alerting.sink.syslog.SyslogSink;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the sinks of {@code alerts.sinks}. */
final class SinksFile {
  private static final Duration TIMEOUT = WebhookSink.Settings.DEFAULT_TIMEOUT;

  private static final List<String> TYPES =
      List.of(
          "webhook",
          "pagerduty",
          "alertmanager",
          "slack",
          "teams",
          "email",
          "ocsf-file",
          "ocsf-http",
          "ocsf-kafka",
          "elasticsearch",
          "splunk",
          "syslog",
          "file");

  private static final String ENCRYPTION = "encryption";
  private static final Rule<Integer> PORT = Rule.integerBetween(1, 65_535);

  private final ConfigPaths paths;
  private final Optional<URI> linkBase;

  private SinksFile(Path baseFolder, Optional<URI> linkBase) {
    this.paths = new ConfigPaths(baseFolder);
    this.linkBase = linkBase;
  }

  /** Notes problems in the readers, and leaves out the sinks that have some. */
  static List<SinkConfig> read(
      List<ConfigReader> readers, Path baseFolder, Optional<URI> linkBase) {
    SinksFile file = new SinksFile(baseFolder, linkBase);
    List<SinkConfig> sinks = new ArrayList<>();
    for (ConfigReader reader : readers) {
      Optional<String> name = reader.requiredText("name", SinkConfig.NAME);
      Optional<String> type = reader.requiredText("type", Rule.oneOf(TYPES));
      if (name.isEmpty() || type.isEmpty()) {
        reader.ignoreUnknownKeys();
        continue;
      }
      Optional<SinkTarget> target = file.target(reader, name.get(), type.get());
      var delivery = DeliveryFile.read(reader, type.get());
      if (name.get().equals(RunConfig.Incidents.SINK)) {
        reader.problem("name", "is the name of incidents.file; take another");
      } else if (sinks.stream().anyMatch(other -> other.name().equals(name.get()))) {
        reader.problem("name", "is used by another sink: " + name.get());
      } else if (target.isPresent() && delivery.isPresent()) {
        sinks.add(new SinkConfig(name.get(), target.get(), delivery.get()));
      }
    }
    return sinks;
  }

  private Optional<SinkTarget> target(ConfigReader reader, String name, String type) {
    return switch (type) {
      case "webhook" -> webhook(reader);
      case "pagerduty" -> pagerDuty(reader);
      case "alertmanager" -> alertmanager(reader, name);
      case "slack" -> keptHttp(reader).map(SinkTarget.Slack::new);
      case "teams" -> keptHttp(reader).map(SinkTarget.Teams::new);
      case "email" -> email(reader, name);
      case "ocsf-file" -> paths.required(reader, "file").map(SinkTarget.OcsfFile::new);
      case "ocsf-http" -> ocsfHttp(reader);
      case "ocsf-kafka" -> ocsfKafka(reader, name);
      case "elasticsearch" -> elasticsearch(reader);
      case "splunk" -> splunk(reader);
      case "syslog" -> syslog(reader, name);
      default -> paths.required(reader, "file").map(SinkTarget.JsonFile::new);
    };
  }

  private Optional<SinkTarget> webhook(ConfigReader reader) {
    Optional<SinkTarget.Http> http = http(reader);
    Optional<SecretSource> secret = paths.requiredSecret(reader, "secret");
    Optional<SecretSource> previous = paths.secret(reader, "previousSecret");
    return both(http, secret).map(found -> new SinkTarget.Webhook(found, secret.get(), previous));
  }

  private Optional<SinkTarget> pagerDuty(ConfigReader reader) {
    Optional<URI> url = url(reader, "url");
    SinkTarget.Http http =
        new SinkTarget.Http(
            new AddressSource.Given(url.orElse(PagerDutySink.Settings.WORLD)),
            timeout(reader, PagerDutySink.Settings.DEFAULT_TIMEOUT),
            paths.path(reader, "authorities"));
    return paths
        .requiredSecret(reader, "routingKey")
        .map(key -> new SinkTarget.PagerDuty(http, key));
  }

  private Optional<SinkTarget> alertmanager(ConfigReader reader, String name) {
    List<URI> urls = new ArrayList<>();
    for (String text : reader.list("urls", ConfigPaths.ADDRESS_TEXT)) {
      urls.add(URI.create(text));
    }
    Map<String, String> labels = reader.section("labels").texts();
    Duration validity =
        reader.duration(
            "validity", AlertmanagerSink.Settings.DEFAULT_VALIDITY, Rule.positiveDuration());
    Duration timeout = timeout(reader, AlertmanagerSink.Settings.DEFAULT_TIMEOUT);
    Optional<Path> authorities = paths.path(reader, "authorities");
    return Attempt.at(
            reader,
            "urls",
            List.of("urls", "labels", "validity"),
            () -> new AlertmanagerSink.Settings(name, urls, labels, validity, timeout))
        .map(settings -> new SinkTarget.Alertmanager(settings, authorities));
  }

  private Optional<SinkTarget> email(ConfigReader reader, String name) {
    EmailSink.Encryption encryption =
        reader
            .text(ENCRYPTION, Rule.oneOf(List.of("starttls", "tls", "none")))
            .map(word -> EmailSink.Encryption.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(EmailSink.Encryption.STARTTLS);
    Optional<String> host = reader.requiredText("host", Rule.notBlank());
    int port = reader.integer("port", encryption == EmailSink.Encryption.TLS ? 465 : 587, PORT);
    boolean allowPlaintext = reader.flag("allowPlaintext").orElse(false);
    Optional<String> from = reader.requiredText("from", Rule.notBlank());
    List<String> to = reader.list("to", Rule.notBlank());
    Duration timeout = timeout(reader, TIMEOUT);
    Optional<Path> authorities = paths.path(reader, "authorities");
    Optional<String> user = reader.text("user", Rule.notBlank());
    Optional<SecretSource> password =
        user.isPresent()
            ? paths.requiredSecret(reader, "password")
            : paths.secret(reader, "password");
    if (user.isEmpty() && password.isPresent()) {
      reader.problem("user", "is required with a password");
    }
    if (host.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    return Attempt.at(
            reader,
            "host",
            List.of("host", "port", ENCRYPTION, "from", "to", "timeout"),
            () ->
                new EmailSink.Settings(
                    name,
                    host.get(),
                    port,
                    encryption,
                    allowPlaintext,
                    null,
                    from.get(),
                    to,
                    timeout,
                    linkBase.orElse(null)))
        .map(settings -> new SinkTarget.Email(settings, user, password, authorities));
  }

  private Optional<SinkTarget> ocsfHttp(ConfigReader reader) {
    Optional<SecretSource> token = paths.secret(reader, "token");
    return http(reader).map(found -> new SinkTarget.OcsfHttp(found, token));
  }

  private static Optional<SinkTarget> ocsfKafka(ConfigReader reader, String name) {
    Duration timeout = timeout(reader, TIMEOUT);
    return reader
        .requiredText("topic", Rule.notBlank())
        .flatMap(
            topic ->
                Attempt.at(
                    reader,
                    "topic",
                    List.of("topic", "timeout"),
                    () -> new OcsfKafkaSink.Settings(name, topic, timeout)))
        .map(SinkTarget.OcsfKafka::new);
  }

  private Optional<SinkTarget> elasticsearch(ConfigReader reader) {
    Optional<SinkTarget.Http> http = http(reader);
    Optional<SecretSource> apiKey = paths.secret(reader, "apiKey");
    Optional<DataStream> stream =
        reader.has("dataStream")
            ? reader
                .text("dataStream", Rule.notBlank())
                .flatMap(
                    text ->
                        Attempt.at(
                            reader,
                            "dataStream",
                            List.of("dataStream"),
                            () -> DataStream.parse(text)))
            : Optional.of(DataStream.DEFAULT);
    return both(http, stream)
        .map(found -> new SinkTarget.Elasticsearch(found, stream.get(), apiKey));
  }

  private Optional<SinkTarget> splunk(ConfigReader reader) {
    Optional<SinkTarget.Http> http = http(reader);
    Optional<SecretSource> token = paths.requiredSecret(reader, "token");
    Optional<UUID> channel =
        reader.parsed(
            "channel", SinksFile::uuid, "a UUID such as 0b7a2c1e-5f3d-4c8a-9e21-6d1f0a9b8c7d");
    Rule<String> upTo255 = Rule.matching("[!-~]{1,255}", "1 to 255 visible ASCII characters");
    String index = reader.text("index", "", upTo255);
    String host = reader.text("host", "", upTo255);
    String sourcetype = reader.text("sourcetype", SplunkSink.Settings.DEFAULT_SOURCETYPE, upTo255);
    return both(http, token)
        .map(found -> new SinkTarget.Splunk(found, token.get(), channel, index, host, sourcetype));
  }

  private Optional<SinkTarget> syslog(ConfigReader reader, String name) {
    boolean isEncrypted =
        reader.text(ENCRYPTION, "tls", Rule.oneOf(List.of("tls", "none"))).equals("tls");
    Optional<String> host = reader.requiredText("host", Rule.notBlank());
    int port = reader.integer("port", isEncrypted ? 6514 : 601, PORT);
    Optional<Path> authorities = paths.path(reader, "authorities");
    Optional<Path> certificate = paths.path(reader, "clientCertificate");
    Optional<Path> key = paths.path(reader, "clientKey");
    int facility =
        reader.integer(
            "facility", SyslogSink.Settings.DEFAULT_FACILITY, Rule.integerBetween(0, 23));
    long number =
        reader
            .parsed("enterpriseNumber", SinksFile::longNumber, "a whole number")
            .orElse(SyslogSink.Settings.DOCUMENTATION_ENTERPRISE_NUMBER);
    String sender = reader.text("senderHost", "inferwarden", Rule.notBlank());
    int mostBytes =
        reader.integer(
            "mostMessageBytes",
            SyslogSink.Settings.DEFAULT_MOST_MESSAGE_BYTES,
            Rule.integerBetween(2048, 65_536));
    Duration timeout = timeout(reader, SyslogSink.Settings.DEFAULT_TIMEOUT);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    return Attempt.at(
            reader,
            "host",
            List.of("host", "enterpriseNumber", "senderHost", "clientCertificate"),
            () ->
                new SyslogSink.Settings(
                    name,
                    host.get(),
                    port,
                    isEncrypted
                        ? new SyslogSink.Tls(
                            authorities.orElse(null), certificate.orElse(null), key.orElse(null))
                        : null,
                    facility,
                    number,
                    sender,
                    mostBytes,
                    timeout,
                    timeout))
        .map(SinkTarget.Syslog::new);
  }

  /** An address in the file, or one that is kept as a secret. */
  private Optional<SinkTarget.Http> http(ConfigReader reader) {
    Optional<Path> authorities = paths.path(reader, "authorities");
    Duration timeout = timeout(reader, TIMEOUT);
    boolean isKept = reader.has("urlEnv") || reader.has("urlFile");
    if (isKept && reader.has("url")) {
      reader.problem("url", "stands beside urlEnv or urlFile; one of them is right");
      return Optional.empty();
    }
    Optional<AddressSource> address;
    if (isKept) {
      address = paths.secret(reader, "url").map(AddressSource.Kept::new);
    } else {
      if (!reader.has("url")) {
        reader.problem("url", "is required; or urlEnv or urlFile, where it is a secret");
      }
      address = url(reader, "url").map(AddressSource.Given::new);
    }
    return address.map(found -> new SinkTarget.Http(found, timeout, authorities));
  }

  /** An address that is a credential itself, and so must not stand in the file. */
  private Optional<SinkTarget.Http> keptHttp(ConfigReader reader) {
    Optional<Path> authorities = paths.path(reader, "authorities");
    Duration timeout = timeout(reader, TIMEOUT);
    if (reader.has("url")) {
      reader.problem("url", "is a credential, so it must not stand here; use urlEnv or urlFile");
      return Optional.empty();
    }
    return paths
        .requiredSecret(reader, "url")
        .map(source -> new SinkTarget.Http(new AddressSource.Kept(source), timeout, authorities));
  }

  private static Optional<URI> url(ConfigReader reader, String key) {
    return reader.text(key, ConfigPaths.ADDRESS_TEXT).map(URI::create);
  }

  private static Duration timeout(ConfigReader reader, Duration fallback) {
    return reader.duration("timeout", fallback, Rule.positiveDuration());
  }

  /** The first, where both are there. */
  private static <T> Optional<T> both(Optional<T> one, Optional<?> other) {
    return other.isPresent() ? one : Optional.empty();
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> longNumber(String text) {
    try {
      return Optional.of(Long.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
