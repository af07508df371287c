package io.inferwarden.alerting.book;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which incidents are wanted; an incident must fulfil everything that is said.
 *
 * @param states one of them; any where empty
 * @param kinds one of them; any where empty
 * @param severity this or graver
 * @param model its own model, or one of the models concerned
 * @param subject the whole name, such as {@code principal:acme}
 * @param sinceMillis last seen at or after this event time
 * @param untilMillis opened before this event time
 * @param verdict what somebody found it to be; an empty one inside stands for those not judged yet
 * @param open whether it goes on
 * @param text somewhere in what people read, whatever the case
 */
public record IncidentFilter(
    Set<IncidentState> states,
    Set<IncidentKind> kinds,
    Optional<Severity> severity,
    Optional<String> model,
    Optional<String> subject,
    Optional<Long> sinceMillis,
    Optional<Long> untilMillis,
    Optional<Optional<IncidentVerdict>> verdict,
    Optional<Boolean> open,
    Optional<String> text)
    implements Predicate<Incident> {

  /** Everything. */
  public static final IncidentFilter ALL =
      new IncidentFilter(
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public IncidentFilter {
    states = Set.copyOf(states);
    kinds = Set.copyOf(kinds);
    text = text.map(IncidentFilter::folded);
  }

  @Override
  public boolean test(Incident incident) {
    return (states.isEmpty() || states.contains(incident.state()))
        && (kinds.isEmpty() || kinds.contains(incident.kind()))
        && severity.map(least -> incident.severity().compareTo(least) >= 0).orElse(true)
        && model.map(name -> concerns(incident, name)).orElse(true)
        && subject.map(name -> incident.subject().equals(name)).orElse(true)
        && sinceMillis.map(since -> incident.lastSeenAtMillis() >= since).orElse(true)
        && untilMillis.map(until -> incident.openedAtMillis() < until).orElse(true)
        && verdict.map(wanted -> wanted.equals(verdictOf(incident))).orElse(true)
        && open.map(goesOn -> goesOn == incident.isOpen()).orElse(true)
        && text.map(part -> mentions(incident, part)).orElse(true);
  }

  private static boolean concerns(Incident incident, String model) {
    return incident.model().equals(model) || incident.models().contains(model);
  }

  private static Optional<IncidentVerdict> verdictOf(Incident incident) {
    return Optional.ofNullable(incident.handling().judgement()).map(Judgement::verdict);
  }

  private static boolean mentions(Incident incident, String part) {
    if (contains(incident.id(), part)
        || contains(incident.subject(), part)
        || contains(incident.model(), part)
        || contains(incident.title(), part)
        || contains(incident.summary(), part)) {
      return true;
    }
    for (Evidence evidence : incident.evidence()) {
      if (contains(evidence.sentence(), part)) {
        return true;
      }
    }
    for (Member member : incident.members()) {
      if (contains(member.principal(), part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(String text, String part) {
    return folded(text).contains(part);
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
