package io.inferwarden.app.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the sections {@code collector}, {@code sources}, {@code privacy} and {@code audit} of a
 * configuration.
 */
final class IntakeFile {
  private static final Rule<String> MODELS = Rule.notBlank();
  private static final long MEBIBYTE = 1024L * 1024;

  private final ConfigPaths paths;

  IntakeFile(Path baseFolder) {
    this.paths = new ConfigPaths(baseFolder);
  }

  /** Notes problems in the reader, and leaves out what has some. */
  IntakeConfig read(ConfigReader root) {
    Optional<CollectorConfig> collector =
        root.isNamed("collector")
            ? Optional.of(collector(root.section("collector")))
            : Optional.empty();
    List<SourceConfig> sources = sources(root.sections("sources"));
    CollectorChecks.topicOfTwo(sources)
        .ifPresent(
            topic -> root.problem("sources", "must name each topic once, named twice " + topic));
    return new IntakeConfig(
        collector, sources, privacy(root.section("privacy")), audit(root.section("audit")));
  }

  private CollectorConfig collector(ConfigReader reader) {
    CollectorConfig defaults = CollectorConfig.defaults();
    CollectorConfig collector =
        new CollectorConfig(
            reader.text("host", defaults.host(), Rule.notBlank()),
            reader.integer("port", defaults.port(), RunConfig.Operations.PORT),
            keys(reader.sections("keys")),
            tls(reader),
            spool(reader),
            formats(reader));
    CollectorChecks.note(reader, collector);
    return collector;
  }

  private static List<CollectorConfig.Key> keys(List<ConfigReader> readers) {
    List<CollectorConfig.Key> keys = new ArrayList<>();
    for (ConfigReader reader : readers) {
      Optional<String> name = reader.requiredText("name", CollectorConfig.Key.NAME);
      Optional<String> sha256 = reader.text("sha256", CollectorConfig.Key.HASH);
      List<String> certificates = reader.list("certificates", Rule.notBlank());
      String tenant = reader.text("tenant", "default", CollectorConfig.Key.NAME);
      List<String> models = reader.list("models", MODELS);
      Optional<Integer> eventsPerSecond =
          reader.parsed(
              "eventsPerSecond", IntakeFile::eventsPerSecond, "a whole number from 1 to 10000000");
      Optional<Instant> notBefore = instant(reader, "notBefore");
      Optional<Instant> notAfter = instant(reader, "notAfter");
      if (!reader.has("sha256") && certificates.isEmpty()) {
        reader.problem("sha256", "is required, or certificates");
      }
      if (name.isPresent() && (sha256.isPresent() || !certificates.isEmpty())) {
        keys.add(
            new CollectorConfig.Key(
                name.get(),
                sha256,
                tenant,
                models,
                certificates,
                eventsPerSecond,
                notBefore,
                notAfter));
      }
    }
    return keys;
  }

  private static Optional<Integer> eventsPerSecond(String text) {
    try {
      return Optional.of(Integer.valueOf(text.strip().replace("_", "")))
          .filter(value -> CollectorConfig.Key.EVENTS_PER_SECOND.violation(value).isEmpty());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<CollectorConfig.Tls> tls(ConfigReader collector) {
    if (!collector.has("tls")) {
      return Optional.empty();
    }
    ConfigReader reader = collector.section("tls");
    Optional<Path> certificate = requiredPath(reader, "certificateFile");
    Optional<Path> key = requiredPath(reader, "keyFile");
    Optional<Path> authority = paths.path(reader, "clientAuthorityFile");
    return certificate.flatMap(
        present -> key.map(file -> new CollectorConfig.Tls(present, file, authority)));
  }

  private Optional<Path> requiredPath(ConfigReader reader, String key) {
    if (!reader.has(key)) {
      reader.problem(key, "is required");
    }
    return paths.path(reader, key);
  }

  private static Optional<CollectorConfig.Spool> spool(ConfigReader collector) {
    if (!collector.has("spool")) {
      return Optional.empty();
    }
    ConfigReader reader = collector.section("spool");
    int mebibytes =
        reader.integer(
            "mostMebibytes",
            (int) (CollectorConfig.Spool.DEFAULT_BYTES / MEBIBYTE),
            Rule.integerBetween(64, 100_000_000));
    if (!reader.has("folder")) {
      reader.problem("folder", "is required");
    }
    return ConfigPaths.asWritten(reader, "folder")
        .map(folder -> new CollectorConfig.Spool(folder, mebibytes * MEBIBYTE));
  }

  private static CollectorConfig.Formats formats(ConfigReader collector) {
    CollectorConfig.Formats defaults = CollectorConfig.Formats.defaults();
    ConfigReader kserve = collector.section("kserve");
    ConfigReader fields = collector.section("envoy").section("fields");
    Map<String, List<String>> envoyFields = new LinkedHashMap<>();
    for (String field : fields.keys()) {
      envoyFields.put(field, fields.list(field, Rule.notBlank()));
    }
    return new CollectorConfig.Formats(
        collector.section("otlp").list("principal", Rule.notBlank()),
        kserve.list("principal", Rule.notBlank()),
        kserve.duration("joinWithin", defaults.kserveJoinWithin(), CollectorConfig.Formats.JOIN),
        envoyFields);
  }

  private static List<SourceConfig> sources(List<ConfigReader> readers) {
    List<SourceConfig> sources = new ArrayList<>();
    for (ConfigReader reader : readers) {
      Optional<String> topic = reader.requiredText("topic", SourceConfig.TOPIC);
      Optional<SourceConfig.Format> format =
          reader.requiredText("format", SourceConfig.Format.CODE).map(SourceConfig.Format::ofCode);
      String tenant = reader.text("tenant", "default", CollectorConfig.Key.NAME);
      List<String> models = reader.list("models", MODELS);
      boolean fromBeginning = reader.flag("fromBeginning").orElse(false);
      if (topic.isPresent() && format.isPresent()) {
        sources.add(new SourceConfig(topic.get(), format.get(), tenant, models, fromBeginning));
      }
    }
    return sources;
  }

  private PrivacyConfig privacy(ConfigReader reader) {
    List<PrivacyConfig.Epoch> epochs = new ArrayList<>();
    for (ConfigReader epoch : reader.sections("epochs")) {
      Optional<String> id = epoch.requiredText("id", PrivacyConfig.Epoch.ID);
      Optional<Instant> from = instant(epoch, "from");
      if (!epoch.has("from")) {
        epoch.problem("from", "is required");
      }
      Duration overlap = epoch.duration("overlap", Duration.ZERO, PrivacyConfig.Epoch.OVERLAP);
      Optional<SecretSource> secret = paths.requiredSecret(epoch, "secret");
      if (id.isPresent() && from.isPresent() && secret.isPresent()) {
        noteDisorder(epoch, epochs, id.get(), from.get());
        epochs.add(new PrivacyConfig.Epoch(id.get(), from.get(), overlap, secret.get()));
      }
    }
    return new PrivacyConfig(
        epochs,
        paths.secret(reader, "fingerprintKey"),
        paths.secret(reader, "canaries"),
        keepText(reader));
  }

  private static void noteDisorder(
      ConfigReader reader, List<PrivacyConfig.Epoch> before, String id, Instant from) {
    if (before.stream().anyMatch(other -> other.id().equals(id))) {
      reader.problem("id", "is used by another epoch: " + id);
    }
    if (before.isEmpty()) {
      return;
    }
    PrivacyConfig.Epoch last = before.get(before.size() - 1);
    if (!from.isAfter(last.from())) {
      reader.problem("from", "must be after that of the epoch before");
    } else if (before.size() > 1 && from.isBefore(last.from().plus(last.overlap()))) {
      reader.problem("from", "must not be within the overlap of the epoch before");
    }
  }

  private static Optional<PrivacyConfig.KeepText> keepText(ConfigReader privacy) {
    if (!privacy.has("keepText")) {
      return Optional.empty();
    }
    ConfigReader reader = privacy.section("keepText");
    List<String> models = reader.list("models", MODELS);
    if (models.isEmpty()) {
      reader.problem("models", "must name the models whose text is kept");
    }
    Optional<Duration> retention = reader.duration("retention", Rule.positiveDuration());
    if (!reader.has("retention")) {
      reader.problem("retention", "is required: for how long texts are kept, such as 7d");
    }
    return models.isEmpty()
        ? Optional.empty()
        : retention.map(time -> new PrivacyConfig.KeepText(models, time));
  }

  private static AuditConfig audit(ConfigReader reader) {
    AuditConfig defaults = AuditConfig.defaults();
    return new AuditConfig(
        reader.flag("enabled").orElse(defaults.enabled()),
        ConfigPaths.asWritten(reader, "signingKeyFile"),
        reader.duration("retention", defaults.retention(), Rule.positiveDuration()));
  }

  private static Optional<Instant> instant(ConfigReader reader, String key) {
    return reader.parsed(
        key,
        IntakeFile::parsedInstant,
        "a date such as 2027-01-31 or a time such as 2027-01-31T08:00:00Z");
  }

  private static Optional<Instant> parsedInstant(String text) {
    String plain = text.strip();
    try {
      return Optional.of(Instant.parse(plain));
    } catch (DateTimeParseException noInstant) {
      try {
        return Optional.of(LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC));
      } catch (DateTimeParseException noDate) {
        return Optional.empty();
      }
    }
  }
}
