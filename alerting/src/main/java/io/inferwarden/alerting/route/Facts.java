package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What routes look at.
 *
 * @param incident the incident
 * @param models the models concerned; {@link Finding#ANY_MODEL} where it names none
 * @param owners of each of these models, in the same order; empty where nobody answers for it
 * @param environment of the deployment
 * @param budget the share of the budget that paid for it
 */
record Facts(
    Incident incident,
    List<String> models,
    List<String> owners,
    String environment,
    BudgetClass budget) {

  static Facts of(Incident incident, Owners owners, String environment) {
    List<String> models =
        incident.models().isEmpty() ? List.of(incident.model()) : incident.models();
    return new Facts(
        incident,
        models,
        models.stream().map(model -> owners.of(model).orElse("")).toList(),
        environment,
        BudgetClass.of(incident));
  }

  IncidentKind kind() {
    return incident.kind();
  }

  /** The models that have a name. */
  Set<String> namedModels() {
    return models.stream()
        .filter(model -> !model.equals(Finding.ANY_MODEL))
        .collect(Collectors.toSet());
  }

  /** The owners there are. */
  Set<String> namedOwners() {
    return owners.stream().filter(owner -> !owner.isEmpty()).collect(Collectors.toSet());
  }
}
