package io.inferwarden.app.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident that the run opened, as plain values.
 *
 * @param subject {@code model:M} concerns model M; {@code principal:K} accuses K where the incident
 *     has no members
 * @param model the model it happened on, or an empty text
 * @param openedAtMillis event time, epoch milliseconds
 * @param evidence the causes, strongest first: an array of objects with a {@code signal}
 * @param members principals that a campaign names, each with the time when it was named
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

  /** The same incident with all whom it named by now. */
  OpenedIncident naming(List<Accusation> accused, List<NamedModel> named) {
    return new OpenedIncident(
        id, subject, model, kind, severity, openedAtMillis, evidence, accused, named);
  }

  /** Everyone whom it accuses: its members or, where it names none, its subject. */
  List<Accusation> accusations() {
    if (!members.isEmpty()) {
      return members;
    }
    return subject.startsWith(PRINCIPAL)
        ? List.of(new Accusation(subject.substring(PRINCIPAL.length()), openedAtMillis))
        : List.of();
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

  @Nullable String concernedModel() {
    return subject.startsWith(MODEL) ? subject.substring(MODEL.length()) : null;
  }

  @Nullable String topCause() {
    JsonNode signal = evidence.path(0).path("signal");
    return signal.isTextual() ? signal.textValue() : null;
  }
}
