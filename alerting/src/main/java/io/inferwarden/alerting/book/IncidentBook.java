package io.inferwarden.alerting.book;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest revision of each incident, and the last of all revisions in the order in which they
 * came. Resolved incidents make room first, the one longest at rest before the others.
 */
public final class IncidentBook implements TopicBook {
  private static final Logger LOG = LoggerFactory.getLogger(IncidentBook.class);
  private static final int MOST_RECENT = 10_000;
  private static final long MOST_RECENT_BYTES = 32L << 20;

  private record Recent(IncidentRevision revision, int bytes) {}

  private final Shelf<Incident> shelf;
  private final int mostRecent;
  private final ConcurrentSkipListMap<Long, Recent> recent = new ConcurrentSkipListMap<>();
  private final AtomicLong unreadable = new AtomicLong();

  /** Only the writer looks. */
  private int recentCount;

  private long recentBytes;

  /** All revisions with a greater offset are still known. */
  private volatile long recentAfter = -1;

  private volatile long latest = -1;

  public IncidentBook() {
    this(BookLimits.DEFAULT, MOST_RECENT);
  }

  /**
   * @param mostRecent how many revisions are known in the order in which they came, at least 1
   */
  public IncidentBook(BookLimits limits, int mostRecent) {
    this.shelf = new Shelf<>(limits, incident -> !incident.isOpen(), incident -> {});
    this.mostRecent = mostRecent;
  }

  @Override
  public void accept(String key, byte @Nullable [] value, long offset) {
    if (value == null) {
      shelf.remove(key);
      remember(new IncidentRevision(offset, key, null), 0);
      return;
    }
    try {
      Incident incident = IncidentJson.fromJson(value);
      Place place = new Place(incident.openedAtMillis(), incident.id());
      shelf.put(place, incident, offset, value.length);
      remember(new IncidentRevision(offset, incident.id(), incident), value.length);
    } catch (IllegalArgumentException e) {
      if (Long.bitCount(unreadable.incrementAndGet()) == 1) {
        LOG.warn("{} unreadable incidents, the latest at {}", unreadable.get(), offset, e);
      }
    }
  }

  private void remember(IncidentRevision revision, int bytes) {
    recent.put(revision.offset(), new Recent(revision, bytes));
    recentCount++;
    recentBytes += bytes;
    while (recentCount > mostRecent || (recentBytes > MOST_RECENT_BYTES && recentCount > 1)) {
      recentAfter = recent.firstKey(); // said before it goes, so that nobody takes it for seen
      Recent oldest = recent.remove(recent.firstKey());
      recentCount--;
      recentBytes -= oldest == null ? 0 : oldest.bytes();
    }
    latest = revision.offset();
    shelf.signal();
  }

  @Override
  public void reached(long nextOffset) {
    shelf.reached(nextOffset);
  }

  @Override
  public void clear() {
    recent.clear();
    recentCount = 0;
    recentBytes = 0;
    recentAfter = -1;
    latest = -1;
    shelf.clear();
  }

  public Optional<Incident> find(String incidentId) {
    return shelf.find(incidentId);
  }

  /**
   * Incidents, those that opened last first.
   *
   * @param after the last one of the page before; null for the first page
   * @param limit at most so many, at least 1
   */
  public Page<Incident> page(Predicate<Incident> filter, @Nullable Place after, int limit) {
    return shelf.page(filter, after, limit);
  }

  /** All incidents, those that opened last first. */
  public Iterable<Incident> all() {
    return shelf.all();
  }

  /**
   * Every revision after the offset, in order, at most so many; empty when some of them are not
   * known any more, so that only {@link #latestAfter} can tell.
   */
  public Optional<List<IncidentRevision>> revisionsAfter(long offset, int most) {
    List<IncidentRevision> revisions = new ArrayList<>();
    for (Recent later : recent.tailMap(offset, false).values()) {
      if (revisions.size() == most) {
        break;
      }
      revisions.add(later.revision());
    }
    return offset < recentAfter ? Optional.empty() : Optional.of(revisions);
  }

  /**
   * The latest revision of every incident that has changed after the offset, in order, at most so
   * many. Revisions that newer ones have replaced are left out, as in the topic.
   */
  public List<IncidentRevision> latestAfter(long offset, int most) {
    return shelf.changedAfter(offset, most).stream()
        .map(kept -> new IncidentRevision(kept.offset(), kept.value().id(), kept.value()))
        .toList();
  }

  /** Every revision with a greater offset is remembered. */
  public long rememberedAfter() {
    return recentAfter;
  }

  /** The offset of the latest revision; -1 when there is none. */
  public long latestOffset() {
    return latest;
  }

  /** Where the next record can be at the earliest; -1 before the book has caught up. */
  public long nextOffset() {
    return shelf.nextOffset();
  }

  /** Whether a revision with a greater offset came in time. */
  public boolean awaitAfter(long offset, Duration patience) throws InterruptedException {
    return shelf.await(() -> latest > offset, patience);
  }

  /** The incident as soon as it fulfils the condition; empty when it does not in time. */
  public Optional<Incident> await(
      String incidentId, Predicate<Incident> condition, Duration patience)
      throws InterruptedException {
    boolean came = shelf.await(() -> find(incidentId).filter(condition).isPresent(), patience);
    return came ? find(incidentId) : Optional.empty();
  }

  /** Whether all that the topic held at the start is here. */
  public boolean isCaughtUp() {
    return shelf.isCaughtUp();
  }

  public int size() {
    return shelf.size();
  }

  /** How many incidents had to leave for want of room. */
  public long forgotten() {
    return shelf.forgotten();
  }
}
