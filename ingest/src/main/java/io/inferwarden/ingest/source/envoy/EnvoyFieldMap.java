package io.inferwarden.ingest.source.envoy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which fields of an access log, whose names are the operator's choice, hold what an event needs.
 *
 * @param names for each field of an event the names in the log, tried in order
 */
public record EnvoyFieldMap(Map<EnvoyField, List<String>> names) {
  public EnvoyFieldMap {
    Map<EnvoyField, List<String>> all = new EnumMap<>(EnvoyField.class);
    for (EnvoyField field : EnvoyField.values()) {
      List<String> tried = List.copyOf(names.getOrDefault(field, field.usualNames()));
      for (String name : tried) {
        if (name.isBlank()) {
          throw new IllegalArgumentException(
              "names of " + field.code() + " must not be blank, were " + tried);
        }
      }
      all.put(field, tried);
    }
    names = Map.copyOf(all);
  }

  /** The usual names for everything. */
  public static EnvoyFieldMap usual() {
    return new EnvoyFieldMap(Map.of());
  }

  /**
   * The usual names, but for those fields that a configuration names by their {@link
   * EnvoyField#code}.
   */
  public static EnvoyFieldMap of(Map<String, List<String>> namesByCode) {
    Map<EnvoyField, List<String>> names = new EnumMap<>(EnvoyField.class);
    namesByCode.forEach((code, tried) -> names.put(field(code), tried));
    return new EnvoyFieldMap(names);
  }

  /** The names in the log of one field, tried in order; none leaves the field out. */
  public List<String> of(EnvoyField field) {
    return names.getOrDefault(field, List.of());
  }

  private static EnvoyField field(String code) {
    for (EnvoyField field : EnvoyField.values()) {
      if (field.code().equals(code)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "field must be one of "
            + Arrays.stream(EnvoyField.values()).map(EnvoyField::code).toList()
            + ", was "
            + code);
  }
}
