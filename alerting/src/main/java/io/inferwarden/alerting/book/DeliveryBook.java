package io.inferwarden.alerting.book;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery ledger: what became of each notification for each sink. What is over makes room
 * first, the entry longest at rest before the others.
 */
public final class DeliveryBook implements TopicBook {
  /** Two hundred thousand entries of 128 MiB together. */
  public static final BookLimits DEFAULT_LIMITS = new BookLimits(200_000, 128L << 20);

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryBook.class);
  private static final Comparator<Delivery> IN_ORDER =
      Comparator.comparingLong(Delivery::createdAtMillis)
          .thenComparingLong(Delivery::revision)
          .thenComparing(Delivery::key);

  private final Shelf<Delivery> shelf;
  private final Map<String, Set<String>> keysOfIncident = new ConcurrentHashMap<>();
  private final AtomicLong unreadable = new AtomicLong();

  public DeliveryBook() {
    this(DEFAULT_LIMITS);
  }

  public DeliveryBook(BookLimits limits) {
    this.shelf = new Shelf<>(limits, delivery -> delivery.outcome().isFinal(), this::left);
  }

  @Override
  public void accept(String key, byte @Nullable [] value, long offset) {
    if (value == null) {
      shelf.remove(key);
      shelf.signal();
      return;
    }
    try {
      Delivery delivery = DeliveryJson.fromJson(value);
      Place place = new Place(delivery.createdAtMillis(), delivery.key());
      keysOfIncident
          .computeIfAbsent(delivery.incidentId(), id -> ConcurrentHashMap.newKeySet())
          .add(delivery.key());
      shelf.put(place, delivery, offset, value.length);
      shelf.signal();
    } catch (IllegalArgumentException e) {
      if (Long.bitCount(unreadable.incrementAndGet()) == 1) {
        LOG.warn("{} unreadable deliveries, the latest at {}", unreadable.get(), offset, e);
      }
    }
  }

  /** Forgets where an entry was, unless a newer one has taken its place. */
  private void left(Delivery delivery) {
    if (shelf.find(delivery.key()).isPresent()) {
      return;
    }
    keysOfIncident.computeIfPresent(
        delivery.incidentId(),
        (id, keys) -> {
          keys.remove(delivery.key());
          return keys.isEmpty() ? null : keys;
        });
  }

  @Override
  public void reached(long nextOffset) {
    shelf.reached(nextOffset);
  }

  @Override
  public void clear() {
    shelf.clear();
  }

  /** The latest entry about a notification to a sink, if any is known. */
  public Optional<Delivery> find(String sink, String notificationId) {
    return shelf.find(sink + "|" + notificationId);
  }

  /** All entries about an incident, in the order in which they were to be told. */
  public List<Delivery> ofIncident(String incidentId) {
    List<Delivery> deliveries = new ArrayList<>();
    for (String key : keysOfIncident.getOrDefault(incidentId, Set.of())) {
      shelf.find(key).ifPresent(deliveries::add);
    }
    deliveries.sort(IN_ORDER);
    return deliveries;
  }

  /**
   * Entries, those made last first.
   *
   * @param after the last one of the page before; null for the first page
   * @param limit at most so many, at least 1
   */
  public Page<Delivery> page(Predicate<Delivery> filter, @Nullable Place after, int limit) {
    return shelf.page(filter, after, limit);
  }

  /** Whether all that the topic held at the start is here. */
  public boolean isCaughtUp() {
    return shelf.isCaughtUp();
  }

  public int size() {
    return shelf.size();
  }

  /** How many entries had to leave for want of room. */
  public long forgotten() {
    return shelf.forgotten();
  }
}
