package io.inferwarden.ingest.source.kserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** In whatever order halves come, each leaves once: in its pair, or alone. */
class HalfJoinerLaws {
  @Property(tries = 500, seed = "1")
  void joinsEveryCallOnceInAnyOrder(@ForAll long seed, @ForAll @IntRange(max = 200) int calls) {
    HalfJoiner joiner = joiner(60, 10_000, 1L << 30);
    List<Half> halves = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      halves.add(half(call, true, 0, 10));
      halves.add(half(call, false, 0, 10));
    }
    Collections.shuffle(halves, new Random(seed));
    Map<String, Integer> pairs = new HashMap<>();
    List<Half> evicted = new ArrayList<>();

    for (Half half : halves) {
      Half other = joiner.add(half, evicted).other();
      if (other != null) {
        assertThat(other.isRequest()).isNotEqualTo(half.isRequest());
        pairs.merge(half.key().id(), 1, Integer::sum);
      }
    }

    assertThat(pairs).hasSize(calls).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    assertThat(evicted).isEmpty();
    assertThat(joiner.held()).isZero();
    assertThat(joiner.heldBytes()).isZero();
    assertThat(joiner.unmatched()).isZero();
  }

  @Property(tries = 500, seed = "2")
  void losesNoHalfAndHoldsNoMoreThanItMay(@ForAll long seed) {
    Random random = new Random(seed);
    int mostHeld = 1 + random.nextInt(20);
    long mostBytes = 1000L + random.nextInt(30_000);
    HalfJoiner joiner = joiner(random.nextInt(3) * 10, mostHeld, mostBytes);
    int added = 0;
    int joined = 0;
    int alone = 0;
    long now = 0;

    for (int step = 0; step < 300; step++) {
      now += random.nextInt(2000);
      if (random.nextInt(10) == 0) {
        alone += joiner.release(now).size();
        continue;
      }
      List<Half> evicted = new ArrayList<>();
      Half half = half(random.nextInt(30), random.nextBoolean(), now, random.nextInt(4000));
      HalfJoiner.Outcome outcome = joiner.add(half, evicted);
      added++;
      alone += evicted.size();
      if (outcome.other() != null) {
        joined += 2;
      } else if (!outcome.isHeld()) {
        alone++;
      }
      assertThat(joiner.held()).isLessThanOrEqualTo(mostHeld);
      assertThat(joiner.heldBytes()).isBetween(0L, mostBytes);
      assertThat(added).isEqualTo(joined + alone + joiner.held());
    }

    assertThat(joiner.unmatched()).isEqualTo(alone);
    alone += joiner.release(Long.MAX_VALUE).size();
    assertThat(added).isEqualTo(joined + alone);
    assertThat(joiner.held()).isZero();
    assertThat(joiner.heldBytes()).isZero();
  }

  @Property(tries = 200, seed = "3")
  void releasesWhatIsDueAndNothingElse(@ForAll long seed) {
    Random random = new Random(seed);
    HalfJoiner joiner = joiner(60, 10_000, 1L << 30);
    int due = 0;
    for (int call = 0; call < 50; call++) {
      long receivedAtMillis = 2000L * call;
      joiner.add(half(call, random.nextBoolean(), receivedAtMillis, 1), new ArrayList<>());
      due += receivedAtMillis + 60_000 <= 120_000 ? 1 : 0;
    }

    assertThat(joiner.release(120_000)).hasSize(due);
    assertThat(joiner.held()).isEqualTo(50 - due);
  }

  @Property(tries = 20, seed = "4")
  void joinsAcrossThreads(@ForAll long seed) throws InterruptedException {
    HalfJoiner joiner = joiner(60, 10_000, 1L << 30);
    List<Half> halves = new ArrayList<>();
    for (int call = 0; call < 500; call++) {
      halves.add(half(call, true, 0, 10));
      halves.add(half(call, false, 0, 10));
    }
    Collections.shuffle(halves, new Random(seed));
    List<String> pairs = Collections.synchronizedList(new ArrayList<>());
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      List<Half> share = halves.subList(250 * t, 250 * (t + 1));
      threads[t] =
          new Thread(
              () -> {
                for (Half half : share) {
                  if (joiner.add(half, new ArrayList<>()).other() != null) {
                    pairs.add(half.key().id());
                  }
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(pairs).hasSize(500).doesNotHaveDuplicates();
    assertThat(joiner.held()).isZero();
  }

  private static HalfJoiner joiner(int seconds, int mostHeld, long mostBytes) {
    return new HalfJoiner(
        new KServeSettings(
            Duration.ofSeconds(seconds), mostHeld, mostBytes, List.of(), List.of(), false));
  }

  private static Half half(int call, boolean isRequest, long receivedAtMillis, int bodyBytes) {
    return new Half(
        new Half.Key("call-" + call, "n", "s", "c", "e"),
        isRequest,
        receivedAtMillis,
        receivedAtMillis,
        Map.of(),
        new byte[bodyBytes]);
  }
}
