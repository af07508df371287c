package io.inferwarden.app.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A topic from which events are read as if they had been sent over HTTP.
 *
 * @param topic that somebody else writes
 * @param format of its records
 * @param tenant whose names these are
 * @param models that it may speak of, {@code *} standing for any characters; empty for all
 * @param fromBeginning whether what is in it at the first start is read, too
 */
public record SourceConfig(
    String topic, Format format, String tenant, List<String> models, boolean fromBeginning) {
  static final Rule<String> TOPIC = Rule.matching("[A-Za-z0-9._-]{1,249}", "the name of a topic");

  /** What may be in the records of a topic. */
  public enum Format {
    EVENTS,
    OTLP_TRACES,
    OTLP_LOGS,
    KSERVE,
    LITELLM,
    ENVOY;

    static final Rule<String> CODE = Rule.oneOf(Arrays.stream(values()).map(Format::code).toList());

    /** The word used in the configuration, such as {@code otlp-traces}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Format ofCode(String code) {
      return valueOf(CODE.require("format", code).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  public SourceConfig {
    TOPIC.require("sources.topic", topic);
    CollectorConfig.Key.NAME.require("sources.tenant", tenant);
    models = List.copyOf(models);
  }
}
