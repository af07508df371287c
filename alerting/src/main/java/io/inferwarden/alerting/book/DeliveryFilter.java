package io.inferwarden.alerting.book;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which entries of the delivery ledger are wanted; an entry must fulfil everything that is said.
 *
 * @param sink for this sink
 * @param incident about this one
 * @param outcomes one of them; any where empty
 * @param sinceMillis made at or after this time, by the clock
 */
public record DeliveryFilter(
    Optional<String> sink,
    Optional<String> incident,
    Set<Outcome> outcomes,
    Optional<Long> sinceMillis)
    implements Predicate<Delivery> {
  public DeliveryFilter {
    outcomes = Set.copyOf(outcomes);
  }

  @Override
  public boolean test(Delivery delivery) {
    return sink.map(name -> delivery.sink().equals(name)).orElse(true)
        && incident.map(id -> delivery.incidentId().equals(id)).orElse(true)
        && (outcomes.isEmpty() || outcomes.contains(delivery.outcome()))
        && sinceMillis.map(since -> delivery.createdAtMillis() >= since).orElse(true);
  }
}
