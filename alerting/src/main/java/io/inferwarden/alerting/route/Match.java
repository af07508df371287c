package io.inferwarden.alerting.route;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which incidents are meant: those that fulfil every condition that is given. A condition that is
 * empty is none. Of several values of one condition, one suffices.
 *
 * @param models names of models, or patterns with {@code *} and {@code ?}
 * @param subjects subjects, such as {@code principal:key-123}, or patterns of them
 * @param owners who answers for the model
 * @param kinds kinds of incidents
 * @param minimalSeverity this severe or graver
 * @param severities exactly so severe
 * @param environments of the deployment
 * @param budgets the share of the budget that paid for it
 * @param states whether it goes on
 * @param changes what its latest revision tells
 * @param pages whether its kind is worth waking someone
 */
public record Match(
    Set<String> models,
    Set<String> subjects,
    Set<String> owners,
    Set<IncidentKind> kinds,
    Optional<Severity> minimalSeverity,
    Set<Severity> severities,
    Set<String> environments,
    Set<BudgetClass> budgets,
    Set<IncidentState> states,
    Set<IncidentChange> changes,
    Optional<Boolean> pages) {

  /** Every incident. */
  public static final Match ANYTHING = new Builder().build();

  public Match {
    models = RouteChecks.ordered(models);
    subjects = RouteChecks.ordered(subjects);
    owners = RouteChecks.ordered(owners);
    kinds = RouteChecks.ordered(kinds);
    severities = RouteChecks.ordered(severities);
    environments = RouteChecks.ordered(environments);
    budgets = RouteChecks.ordered(budgets);
    states = RouteChecks.ordered(states);
    changes = RouteChecks.ordered(changes);
    models.forEach(model -> RouteChecks.notBlank("models", model));
    subjects.forEach(subject -> RouteChecks.notBlank("subjects", subject));
    owners.forEach(owner -> RouteChecks.notBlank("owners", owner));
    environments.forEach(environment -> RouteChecks.notBlank("environments", environment));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Whether it has no condition. */
  public boolean isAnything() {
    return equals(ANYTHING);
  }

  /** The conditions in plain words, such as {@code kind evasion or fuzzing, severity >= high}. */
  public String inWords() {
    return MatchWords.of(this);
  }

  /** Whether it is meant, be it for one of its models or owners alone. */
  boolean matches(Facts facts) {
    return matchesIncident(facts)
        && (models.isEmpty() || facts.models().stream().anyMatch(this::meansModel))
        && (owners.isEmpty() || facts.owners().stream().anyMatch(owners::contains));
  }

  /**
   * Whether it is meant as a whole, with all of its models and owners. What is to be held back is
   * asked so: a silence for one model must not hide what many models have in common. For the same
   * reason the kinds that speak of the alerts themselves are meant only where they are named.
   */
  boolean matchesWholly(Facts facts) {
    return matchesIncident(facts)
        && (!facts.kind().isOfDelivery() || kinds.contains(facts.kind()))
        && (models.isEmpty() || facts.models().stream().allMatch(this::meansModel))
        && (owners.isEmpty() || facts.owners().stream().allMatch(owners::contains));
  }

  private boolean matchesIncident(Facts facts) {
    Severity severity = facts.incident().severity();
    return hasOrEmpty(kinds, facts.kind())
        && (minimalSeverity.isEmpty() || severity.compareTo(minimalSeverity.get()) >= 0)
        && hasOrEmpty(severities, severity)
        && hasOrEmpty(environments, facts.environment())
        && hasOrEmpty(budgets, facts.budget())
        && hasOrEmpty(states, facts.incident().state())
        && hasOrEmpty(changes, facts.incident().change())
        && (pages.isEmpty() || pages.get() == facts.kind().pages())
        && (subjects.isEmpty() || Glob.anyMatches(subjects, facts.incident().subject()));
  }

  private boolean meansModel(String model) {
    return Glob.anyMatches(models, model);
  }

  private static <T> boolean hasOrEmpty(Set<T> wanted, T actual) {
    return wanted.isEmpty() || wanted.contains(actual);
  }

  /** Gathers conditions. */
  public static final class Builder {
    private Set<String> models = Set.of();
    private Set<String> subjects = Set.of();
    private Set<String> owners = Set.of();
    private Set<IncidentKind> kinds = Set.of();
    private Optional<Severity> minimalSeverity = Optional.empty();
    private Set<Severity> severities = Set.of();
    private Set<String> environments = Set.of();
    private Set<BudgetClass> budgets = Set.of();
    private Set<IncidentState> states = Set.of();
    private Set<IncidentChange> changes = Set.of();
    private Optional<Boolean> pages = Optional.empty();

    private Builder() {}

    public Builder models(Collection<String> patterns) {
      models = RouteChecks.ordered(patterns);
      return this;
    }

    public Builder models(String... patterns) {
      return models(List.of(patterns));
    }

    public Builder subjects(Collection<String> patterns) {
      subjects = RouteChecks.ordered(patterns);
      return this;
    }

    public Builder subjects(String... patterns) {
      return subjects(List.of(patterns));
    }

    public Builder owners(Collection<String> names) {
      owners = RouteChecks.ordered(names);
      return this;
    }

    public Builder owners(String... names) {
      return owners(List.of(names));
    }

    public Builder kinds(Collection<IncidentKind> wanted) {
      kinds = RouteChecks.ordered(wanted);
      return this;
    }

    public Builder kinds(IncidentKind... wanted) {
      return kinds(List.of(wanted));
    }

    public Builder minimalSeverity(Severity least) {
      minimalSeverity = Optional.of(least);
      return this;
    }

    public Builder severities(Collection<Severity> wanted) {
      severities = RouteChecks.ordered(wanted);
      return this;
    }

    public Builder severities(Severity... wanted) {
      return severities(List.of(wanted));
    }

    public Builder environments(Collection<String> names) {
      environments = RouteChecks.ordered(names);
      return this;
    }

    public Builder environments(String... names) {
      return environments(List.of(names));
    }

    public Builder budgets(Collection<BudgetClass> wanted) {
      budgets = RouteChecks.ordered(wanted);
      return this;
    }

    public Builder budgets(BudgetClass... wanted) {
      return budgets(List.of(wanted));
    }

    public Builder states(Collection<IncidentState> wanted) {
      states = RouteChecks.ordered(wanted);
      return this;
    }

    public Builder states(IncidentState... wanted) {
      return states(List.of(wanted));
    }

    public Builder changes(Collection<IncidentChange> wanted) {
      changes = RouteChecks.ordered(wanted);
      return this;
    }

    public Builder changes(IncidentChange... wanted) {
      return changes(List.of(wanted));
    }

    public Builder pages(boolean wanted) {
      pages = Optional.of(wanted);
      return this;
    }

    public Match build() {
      return new Match(
          models,
          subjects,
          owners,
          kinds,
          minimalSeverity,
          severities,
          environments,
          budgets,
          states,
          changes,
          pages);
    }
  }
}
