package io.inferwarden.ingest.source.otlp;

import java.util.List;

/**
 * Which attributes say who asked. Each list is tried in its order, on the span or log record first
 * and then on its resource; the first that is not blank counts.
 *
 * @param principalAttributes who asked. A name that is also among {@code addressAttributes} gives
 *     {@code address:} and its value, so that an address is nobody's account. Where none of them is
 *     present the principal is {@code service:} and the resource's {@code service.name}
 * @param organisationAttributes the organisation that the principal belongs to
 * @param addressAttributes the network address that the request came from
 */
public record OtlpSettings(
    List<String> principalAttributes,
    List<String> organisationAttributes,
    List<String> addressAttributes) {
  public OtlpSettings {
    principalAttributes = checked("principalAttributes", principalAttributes);
    organisationAttributes = checked("organisationAttributes", organisationAttributes);
    addressAttributes = checked("addressAttributes", addressAttributes);
  }

  /** The names of the semantic conventions, and those that instrumentations in use give. */
  public static OtlpSettings defaults() {
    return new OtlpSettings(
        List.of(
            "enduser.pseudo.id",
            "enduser.id",
            "user.id",
            "gen_ai.request.user",
            "llm.user",
            "langfuse.user.id",
            "traceloop.association.properties.user_id",
            "client.address"),
        List.of("tenant.id", "organization.id"),
        List.of("client.address", "http.client_ip", "client.ip"));
  }

  private static List<String> checked(String setting, List<String> names) {
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException(setting + " must be names of attributes, one was blank");
      }
    }
    return List.copyOf(names);
  }
}
