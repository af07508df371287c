package io.inferwarden.alerting.book;

import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The silences that somebody asked for, the ended ones among them; the oldest make room first. */
public final class SilenceBook implements TopicBook {
  private static final BookLimits LIMITS = new BookLimits(10_000, 16L << 20);
  private static final Logger LOG = LoggerFactory.getLogger(SilenceBook.class);

  private final Shelf<Silence> shelf = new Shelf<>(LIMITS, silence -> false, silence -> {});
  private final AtomicLong unreadable = new AtomicLong();

  @Override
  public void accept(String key, byte @Nullable [] value, long offset) {
    if (value == null) {
      shelf.remove(key);
      shelf.signal();
      return;
    }
    try {
      Silence silence = SilenceJson.fromJson(value);
      Place place = new Place(silence.createdAtMillis(), silence.id());
      shelf.put(place, silence, offset, value.length);
      shelf.signal();
    } catch (IllegalArgumentException e) {
      if (Long.bitCount(unreadable.incrementAndGet()) == 1) {
        LOG.warn("{} unreadable silences, the latest at {}", unreadable.get(), offset, e);
      }
    }
  }

  @Override
  public void reached(long nextOffset) {
    shelf.reached(nextOffset);
  }

  @Override
  public void clear() {
    shelf.clear();
  }

  public Optional<Silence> find(String id) {
    return shelf.find(id);
  }

  /**
   * Silences, those made last first.
   *
   * @param after the last one of the page before; null for the first page
   * @param limit at most so many, at least 1
   */
  public Page<Silence> page(Predicate<Silence> filter, @Nullable Place after, int limit) {
    return shelf.page(filter, after, limit);
  }

  /** The silence as soon as it fulfils the condition; empty when it does not in time. */
  public Optional<Silence> await(String id, Predicate<Silence> condition, Duration patience)
      throws InterruptedException {
    boolean came = shelf.await(() -> find(id).filter(condition).isPresent(), patience);
    return came ? find(id) : Optional.empty();
  }

  /** Whether all that the topic held at the start is here. */
  public boolean isCaughtUp() {
    return shelf.isCaughtUp();
  }

  public int size() {
    return shelf.size();
  }
}
