package io.inferwarden.app.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a collector's settings is right by itself, and wrong beside another. */
final class CollectorChecks {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(0*:)*:?0*1\\]?");

  private CollectorChecks() {}

  /** Notes problems in the reader of the section. */
  static void note(ConfigReader reader, CollectorConfig config) {
    if (!reader.has("keys") && !LOOPBACK.matcher(config.host()).matches()) {
      reader.problem(
          "host",
          "must be a loopback address such as 127.0.0.1 where no collector.keys are configured, was "
              + config.host());
    }
    Map<String, CollectorConfig.Key> byName = new HashMap<>();
    Set<String> hashes = new HashSet<>();
    Set<String> certificates = new HashSet<>();
    for (CollectorConfig.Key key : config.keys()) {
      String of = "of " + key.name() + " ";
      CollectorConfig.Key namesake = byName.putIfAbsent(key.name(), key);
      if (namesake != null && !isOneSender(namesake, key)) {
        reader.problem(
            "keys", of + "must have the same tenant, models and eventsPerSecond in all its keys");
      }
      if (key.sha256().filter(hash -> !hashes.add(hash)).isPresent()) {
        reader.problem("keys", of + "must have a sha256 that no other key has");
      }
      for (String certificate : key.certificates()) {
        if (!certificates.add(certificate)) {
          reader.problem("keys", of + "must have certificates that no other key has");
        }
      }
      if (isNeverGood(key)) {
        reader.problem("keys", of + "must have a notBefore before its notAfter");
      }
    }
    if (!certificates.isEmpty()
        && config.tls().flatMap(CollectorConfig.Tls::clientAuthority).isEmpty()) {
      reader.problem(
          "keys", "have certificates, which need collector.tls.clientAuthorityFile to be trusted");
    }
  }

  private static boolean isOneSender(CollectorConfig.Key one, CollectorConfig.Key other) {
    return one.tenant().equals(other.tenant())
        && Set.copyOf(one.models()).equals(Set.copyOf(other.models()))
        && Objects.equals(one.eventsPerSecond(), other.eventsPerSecond());
  }

  private static boolean isNeverGood(CollectorConfig.Key key) {
    return key.notBefore()
        .flatMap(from -> key.notAfter().filter(until -> !from.isBefore(until)))
        .isPresent();
  }

  /** The topic that two sources name, if any. */
  static Optional<String> topicOfTwo(List<SourceConfig> sources) {
    Set<String> topics = new HashSet<>();
    return sources.stream()
        .map(SourceConfig::topic)
        .filter(topic -> !topics.add(topic))
        .findFirst();
  }
}
