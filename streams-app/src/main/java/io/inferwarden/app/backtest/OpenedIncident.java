package io.inferwarden.app.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident that the run opened, as plain values.
 *
 * @param subject {@code principal:K} accuses K, {@code model:M} concerns model M; anything else
 *     accuses only its members
 * @param model the model it happened on, or an empty text
 * @param openedAtMillis event time, epoch milliseconds
 * @param evidence the causes, strongest first: an array of objects with a {@code signal}
 * @param members principals that the incident names beside its subject, each with the time when it
 *     was named
 * @param models the models of a common cause, each with the time when it was named, in the order of
 *     naming
 */
public record OpenedIncident(
    String id,
    String subject,
    String model,
    String kind,
    String severity,
    long openedAtMillis,
    JsonNode evidence,
    List<Accusation> members,
    List<NamedModel> models) {

  private static final String PRINCIPAL = "principal:";
  private static final String MODEL = "model:";

  public OpenedIncident {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(evidence, "evidence");
    members = List.copyOf(members);
    models = List.copyOf(models);
  }

  /** An incident without models beside its subject. */
  public OpenedIncident(
      String id,
      String subject,
      String model,
      String kind,
      String severity,
      long openedAtMillis,
      JsonNode evidence,
      List<Accusation> members) {
    this(id, subject, model, kind, severity, openedAtMillis, evidence, members, List.of());
  }

  /** An incident that names nobody beside its subject. */
  public OpenedIncident(
      String id,
      String subject,
      String model,
      String kind,
      String severity,
      long openedAtMillis,
      JsonNode evidence) {
    this(id, subject, model, kind, severity, openedAtMillis, evidence, List.of());
  }

  /** A principal named at a time, epoch milliseconds. */
  public record Accusation(String principal, long atMillis) {}

  /** A model named at a time, epoch milliseconds. */
  public record NamedModel(String model, long atMillis) {}

  /** The same incident with the models that are known by now. */
  OpenedIncident naming(List<NamedModel> named) {
    return new OpenedIncident(
        id, subject, model, kind, severity, openedAtMillis, evidence, members, named);
  }

  /**
   * What it says of single models: itself, or for a common cause one incident for each of its
   * models, opened when the model was named.
   */
  Stream<OpenedIncident> ofModels() {
    Stream<OpenedIncident> each =
        models.stream()
            .map(
                named ->
                    new OpenedIncident(
                        id,
                        MODEL + named.model(),
                        named.model(),
                        kind,
                        severity,
                        named.atMillis(),
                        evidence));
    return concernedModel() == null ? each : Stream.of(this);
  }

  @Nullable String accusedPrincipal() {
    return subject.startsWith(PRINCIPAL) ? subject.substring(PRINCIPAL.length()) : null;
  }

  @Nullable String concernedModel() {
    return subject.startsWith(MODEL) ? subject.substring(MODEL.length()) : null;
  }

  @Nullable String topCause() {
    JsonNode signal = evidence.path(0).path("signal");
    return signal.isTextual() ? signal.textValue() : null;
  }
}
