package io.inferwarden.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrafficTest {
  private static final long SEED = 11;
  private static final long START_MILLIS = 1_772_323_200_000L;
  private static final Duration LENGTH = Duration.ofHours(24);
  private static final int EVENTS = 20_000;

  private static Traffic traffic(int features, double hotModel, double hotPrincipal) {
    return new Traffic(
        new Traffic.Settings(
            20, 1_000, features, START_MILLIS, LENGTH, EVENTS, hotModel, hotPrincipal),
        SEED);
  }

  private static List<InferenceEvent> parsed(Traffic traffic) {
    EventParser parser = new EventParser();
    List<InferenceEvent> events = new ArrayList<>();
    while (traffic.hasNext()) {
      byte[] json = traffic.next();
      InferenceEvent event = new InferenceEvent();
      RejectedEvent rejected = parser.parse(json, 0, json.length, Long.MAX_VALUE, event);
      if (rejected != null) {
        throw new AssertionError(rejected.message());
      }
      events.add(event);
    }
    return events;
  }

  @Test
  void everyEventIsOneOfAbout700Bytes() {
    Traffic traffic = traffic(10, 0, 0);
    long bytes = 0;
    while (traffic.hasNext()) {
      bytes += traffic.next().length;
    }

    assertThat((double) bytes / EVENTS).isBetween(600.0, 800.0);
  }

  @Test
  void spreadsItsEventsOverTheTime() {
    List<InferenceEvent> events = parsed(traffic(10, 0, 0));

    assertThat(events).hasSize(EVENTS);
    assertThat(events.get(0).timeMillis()).isEqualTo(START_MILLIS);
    assertThat(events.get(EVENTS / 2).timeMillis() - START_MILLIS).isEqualTo(LENGTH.toMillis() / 2);
    assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
  }

  @Test
  void noIdComesTwice() {
    Set<String> ids = new HashSet<>();
    parsed(traffic(10, 0, 0)).forEach(event -> ids.add(event.id()));

    assertThat(ids).hasSize(EVENTS);
  }

  @Test
  void theFirstPrincipalAsksAboutTwiceAsOftenAsTheSecond() {
    Map<String, Integer> counts = new HashMap<>();
    parsed(traffic(10, 0, 0)).forEach(event -> counts.merge(event.principal(), 1, Integer::sum));

    List<Integer> sorted = new ArrayList<>(counts.values());
    sorted.sort((a, b) -> Integer.compare(b, a));
    assertThat((double) sorted.get(0) / sorted.get(1)).isBetween(1.8, 2.2);
  }

  @Test
  void aHotModelHasItsShareBesideItsEvenPart() {
    long hot =
        parsed(traffic(10, .6, 0)).stream()
            .filter(event -> event.model().equals("model-0"))
            .count();

    assertThat((double) hot / EVENTS).isBetween(.60, .64);
  }

  @Test
  void aHotPrincipalHasItsShareBesideItsOwn() {
    Map<String, Integer> counts = new HashMap<>();
    parsed(traffic(10, 0, .6)).forEach(event -> counts.merge(event.principal(), 1, Integer::sum));

    int hottest = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat((double) hottest / EVENTS).isBetween(.63, .68);
  }

  @Test
  void anEventHasAsManyNumbersAsWereAskedForAndTwoCategories() {
    InferenceEvent event = parsed(traffic(128, 0, 0)).get(0);

    assertThat(new EventObservation(event).featureCount()).isEqualTo(130);
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    Traffic one = traffic(10, .1, .1);
    Traffic other = traffic(10, .1, .1);

    for (int i = 0; i < 1_000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void anEventCanBeOfAModelAndAPrincipalOfChoice() {
    Traffic traffic = traffic(10, 0, 0);
    EventParser parser = new EventParser();
    InferenceEvent event = new InferenceEvent();
    byte[] json = traffic.next(7, 123_456_789L);

    assertThat(parser.parse(json, 0, json.length, Long.MAX_VALUE, event)).isNull();
    assertThat(event.model()).isEqualTo("model-7");
    assertThat(event.principal().getBytes(StandardCharsets.UTF_8)).isEqualTo(traffic.principal());
  }
}
