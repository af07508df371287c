package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether something asks for silence about an incident: a person, planned work, or another
 * incident.
 */
final class Holds {
  private final List<MaintenanceWindow> maintenance;
  private final List<Inhibition> inhibitions;
  private final Owners owners;
  private final String environment;

  Holds(RoutingPlan plan) {
    maintenance = plan.maintenance();
    inhibitions = plan.inhibitions();
    owners = plan.owners();
    environment = plan.environment();
  }

  Optional<Hold> on(
      Facts facts, long nowMillis, Collection<Silence> silences, Collection<Incident> open) {
    if (facts.kind() == IncidentKind.TEST) {
      return Optional.empty();
    }
    return silenced(facts, nowMillis, silences)
        .or(() -> maintained(facts, nowMillis))
        .or(() -> inhibited(facts, open));
  }

  /** Whether the incident could hide others. */
  boolean mayInhibit(Facts facts) {
    return inhibitions.stream().anyMatch(rule -> rule.source().matches(facts));
  }

  /** Of several silences, the one that lasts longest. */
  private static Optional<Hold> silenced(
      Facts facts, long nowMillis, Collection<Silence> silences) {
    Silence longest = null;
    for (Silence silence : silences) {
      if (silence.isActive(nowMillis)
          && silence.match().matchesWholly(facts)
          && (longest == null || isAfter(silence, longest))) {
        longest = silence;
      }
    }
    return longest == null
        ? Optional.empty()
        : Optional.of(
            new Hold(
                Hold.Cause.SILENCED,
                longest.id(),
                "silence "
                    + longest.id()
                    + " by "
                    + longest.author()
                    + " until "
                    + Instant.ofEpochMilli(longest.endsAtMillis())
                    + ": "
                    + longest.reason(),
                longest.endsAtMillis()));
  }

  /** The id decides between equals, so that the answer does not depend on the order of the set. */
  private static boolean isAfter(Silence one, Silence other) {
    return one.endsAtMillis() != other.endsAtMillis()
        ? one.endsAtMillis() > other.endsAtMillis()
        : one.id().compareTo(other.id()) < 0;
  }

  private Optional<Hold> maintained(Facts facts, long nowMillis) {
    for (MaintenanceWindow window : maintenance) {
      OptionalLong end = window.schedule().endOfCurrent(nowMillis);
      if (end.isPresent() && window.match().matchesWholly(facts)) {
        return Optional.of(
            new Hold(
                Hold.Cause.MAINTENANCE,
                window.name(),
                "maintenance "
                    + window.name()
                    + " until "
                    + Instant.ofEpochMilli(end.getAsLong())
                    + ": "
                    + window.reason(),
                end.getAsLong()));
      }
    }
    return Optional.empty();
  }

  private Optional<Hold> inhibited(Facts facts, Collection<Incident> open) {
    for (Inhibition rule : inhibitions) {
      if (rule.mayHide(facts)) {
        for (Incident other : open) {
          if (other.isOpen() && rule.hides(Facts.of(other, owners, environment), facts)) {
            return Optional.of(
                new Hold(
                    Hold.Cause.INHIBITED,
                    other.id(),
                    "the open incident "
                        + other.id()
                        + " ("
                        + other.kind().code()
                        + ") explains it: "
                        + rule.reason(),
                    Hold.OPEN_ENDED));
          }
        }
      }
    }
    return Optional.empty();
  }
}
