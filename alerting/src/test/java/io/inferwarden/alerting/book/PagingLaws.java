package io.inferwarden.alerting.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.feed.IncidentLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PagingLaws {
  private static final IncidentLedger LEDGER = new IncidentLedger();

  private final IncidentBook book = new IncidentBook(new BookLimits(1_000, 1 << 24), 10);
  private long offset;

  private void put(Incident incident) {
    book.accept(incident.id(), IncidentJson.toJson(incident), offset++);
  }

  /** Many share a time, so that keys have to decide. */
  private static Incident opened(int number) {
    return Examples.opened(
        Examples.finding("principal:p" + number, Examples.AT + (number % 7) * Examples.MINUTE, 2));
  }

  @Property(tries = 100, seed = "20261122")
  void pagingThroughAChangingBookNeitherSkipsNorRepeatsWhatStays(
      @ForAll @IntRange(min = 1, max = 40) int initially,
      @ForAll @IntRange(min = 1, max = 9) int limit,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 79) Integer> changes) {
    List<Incident> before = new ArrayList<>();
    for (int i = 0; i < initially; i++) {
      before.add(opened(i));
      put(opened(i));
    }
    Set<String> touched = new HashSet<>();
    List<String> seen = new ArrayList<>();
    int done = 0;
    Optional<Place> next = Optional.empty();
    do {
      Page<Incident> page = book.page(IncidentFilter.ALL, next.orElse(null), limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(incident -> seen.add(incident.id()));
      next = page.next().map(place -> Place.ofCursor(place.cursor()));
      for (int i = 0; i < 5 && done < changes.size(); i++) {
        touched.add(change(changes.get(done++)));
      }
    } while (next.isPresent());

    assertThat(seen).as("none twice").doesNotHaveDuplicates();
    for (Incident incident : before) {
      if (!touched.contains(incident.id())) {
        assertThat(seen).contains(incident.id());
      }
    }
  }

  /** A new incident, a further revision, or a tombstone. */
  private String change(int number) {
    Incident incident = opened(number);
    Optional<Incident> known = book.find(incident.id());
    if (known.isEmpty()) {
      put(incident);
    } else if (known.get().isOpen()) {
      put(LEDGER.resolve(known.get()));
    } else {
      book.accept(incident.id(), null, offset++);
    }
    return incident.id();
  }

  @Property(tries = 100, seed = "20261122")
  void followingTheBookLeadsToTheSameIncidentsWhereverOneStarts(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 15) Integer> changes,
      @ForAll @IntRange(min = 1, max = 7) int most) {
    changes.forEach(this::change);

    List<Incident> followed = new ArrayList<>();
    long after = -1;
    List<IncidentRevision> some = book.latestAfter(after, most);
    while (!some.isEmpty()) {
      for (IncidentRevision revision : some) {
        assertThat(revision.offset()).isGreaterThan(after);
        after = revision.offset();
        followed.add(book.find(revision.incidentId()).orElseThrow());
      }
      some = book.latestAfter(after, most);
    }

    assertThat(followed)
        .containsExactlyInAnyOrderElementsOf(book.page(IncidentFilter.ALL, null, 1_000).items());
  }
}
