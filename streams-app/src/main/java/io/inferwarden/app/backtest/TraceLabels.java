package io.inferwarden.app.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be true of a trace: who attacked, which models changed, and what honest
 * principals do for a living.
 *
 * @param principals one row per attacking principal (a principal may have several)
 * @param campaigns by campaign name: how much of the model the campaign held after how many queries
 * @param roles honest principals that are not simply people, by principal
 * @param models one row per model and change
 */
public record TraceLabels(
    @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) List<AttackLabel> principals,
    @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) Map<String, Campaign> campaigns,
    @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) Map<String, String> roles,
    @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) List<ModelLabel> models) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public TraceLabels {
    principals = List.copyOf(principals);
    campaigns = Collections.unmodifiableMap(new LinkedHashMap<>(campaigns));
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    models = List.copyOf(models);
  }

  /**
   * One attack by one principal.
   *
   * @param from time of its first attacking query, epoch milliseconds
   * @param to time of its last one, epoch milliseconds
   * @param queries how many queries it sent in between
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AttackLabel(
      @JsonProperty(required = true) String principal,
      @Nullable String model,
      @JsonProperty(required = true) String attack,
      @Nullable String campaign,
      @JsonProperty(required = true) long from,
      @JsonProperty(required = true) long to,
      long queries) {
    public AttackLabel {
      requireText(principal, "principal");
      requireText(attack, "attack");
      if (to < from) {
        throw new IllegalArgumentException("to must be >= from " + from + ", was " + to);
      }
      if (queries < 0) {
        throw new IllegalArgumentException("queries must be >= 0, was " + queries);
      }
    }
  }

  /** An attack carried out by one or more principals, and how well its copy of the model agreed. */
  public record Campaign(
      @JsonProperty(required = true) String attack,
      int principals,
      @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) List<Progress> progress) {
    public Campaign {
      requireText(attack, "attack");
      progress = List.copyOf(progress);
    }
  }

  /**
   * What the campaign had after this many queries of all its accounts together.
   *
   * @param fidelity share of natural inputs on which its copy agreed with the model, 0 to 1; null
   *     when the attack copies nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(@JsonProperty(required = true) long queries, @Nullable Double fidelity) {
    public Progress {
      if (fidelity != null && !(fidelity >= 0 && fidelity <= 1)) {
        throw new IllegalArgumentException("fidelity must be in [0, 1], was " + fidelity);
      }
    }
  }

  /** What should come of a change: a page, silence, or an explanation that does not page. */
  public enum Expected {
    @JsonProperty("alert")
    ALERT,
    @JsonProperty("quiet")
    QUIET,
    @JsonProperty("explained")
    EXPLAINED
  }

  /** One change (or harmless season) of one model at one time, epoch milliseconds. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ModelLabel(
      @JsonProperty(required = true) String model,
      @JsonProperty(required = true) String change,
      @Nullable String severity,
      @JsonProperty(required = true) long at,
      @JsonProperty(required = true) Expected expected,
      @JsonSetter(nulls = Nulls.AS_EMPTY, contentNulls = Nulls.FAIL) List<String> features) {
    public ModelLabel {
      requireText(model, "model");
      requireText(change, "change");
      if (expected == null) {
        throw new IllegalArgumentException("expected must be alert, quiet or explained, was null");
      }
      features = List.copyOf(features);
    }
  }

  /**
   * Reads a labels file; unknown fields are ignored.
   *
   * @throws IllegalArgumentException naming the file, the line and the field, when the content is
   *     not valid labels
   * @throws IOException when the file cannot be read
   */
  public static TraceLabels read(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      return MAPPER.readValue(content, TraceLabels.class);
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException(describe(file, invalid), invalid);
    }
  }

  /** These labels as JSON, in the form that {@link #read} accepts. */
  public String toJson() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("labels could not be written as JSON", impossible);
    }
  }

  private static String describe(Path file, JsonProcessingException invalid) {
    StringBuilder text = new StringBuilder(file.toString());
    JsonLocation location = invalid.getLocation();
    if (location != null) {
      text.append(", line ").append(location.getLineNr());
    }
    if (invalid instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      text.append(", ").append(fieldPath(mapping.getPath()));
    }
    Throwable cause = invalid.getCause() == null ? invalid : invalid.getCause();
    String reason =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    return text.append(": ").append(reason).toString();
  }

  private static String fieldPath(List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      if (step.getFieldName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return text.toString();
  }

  private static void requireText(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty, was " + value);
    }
  }
}
