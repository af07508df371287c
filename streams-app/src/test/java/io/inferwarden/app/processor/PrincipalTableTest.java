package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.state.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalTableTest {
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final String MODEL = "m";

  private final CollectorRegistry registry = new CollectorRegistry();
  private final AppMetrics metrics = new AppMetrics(registry);
  private final List<String> evicted = new ArrayList<>();
  private final Tracking tracking = tracking("b");
  private ObjectStore<FakeTracked> principals = Restored.empty(FakeTracked.CODEC);
  private ObjectStore<FrequencyBlock> frequencies = Restored.empty(FrequencyBlock.CODEC);
  private ObjectStore<NewNames> newNames = Restored.empty(NewNames.CODEC);

  @Test
  void everyNameGetsAPlaceWhileThereIsOne() {
    PrincipalTable<FakeTracked> table = table(3);

    assertThat(asks(table, "a", START)).isTrue();
    assertThat(asks(table, "b", START)).isTrue();
    assertThat(asks(table, "a", START + 1)).isTrue();

    assertThat(table.size()).isEqualTo(2);
    assertThat(principals.get("m\u001fa").events()).isEqualTo(2);
    assertThat(metric("inferwarden_principals_admitted_total")).isEqualTo(2);
  }

  @Test
  void inAFullTableANameTakesThePlaceOfTheLeastWorthOnceItCameMoreOften() {
    PrincipalTable<FakeTracked> table = table(2);
    asks(table, "busy", START);
    asks(table, "busy", START + 1);
    asks(table, "once", START + 2);

    assertThat(asks(table, "new", START + 3)).isFalse();
    assertThat(asks(table, "new", START + 4)).isTrue();

    assertThat(evicted).containsExactly("m\u001fonce of 1");
    assertThat(principals.sortedKeys()).containsExactly("m\u001fbusy", "m\u001fnew");
    assertThat(principals.get("m\u001fnew").events()).isEqualTo(1);
    assertThat(metric("inferwarden_principals_refused_events_total")).isEqualTo(1);
    assertThat(metric("inferwarden_principals_evicted_total")).isEqualTo(1);
    assertThat(metric("inferwarden_principals_tracked")).isEqualTo(2);
  }

  @Test
  void whoAskedMoreOftenKeepsThePlaceUntilItHasBeenSilentForLong() {
    PrincipalTable<FakeTracked> table = table(1);
    for (int i = 0; i < 8; i++) {
      asks(table, "regular", START);
    }

    for (int i = 0; i < 8; i++) {
      assertThat(asks(table, "new" + i, START + i)).isFalse();
      assertThat(asks(table, "new" + i, START + i)).isFalse();
    }
    assertThat(asks(table, "later", START + 3 * DAY)).isFalse();
    assertThat(asks(table, "later", START + 3 * DAY)).isTrue();
  }

  @Test
  void anotherBaselineBeginsTheEvidenceAnewInTheSamePlace() {
    PrincipalTable<FakeTracked> table = table(2);
    asks(table, "a", START);
    asks(table, "a", START);
    asks(table, "b", START + 1);
    asks(table, "new", START + 2);
    asks(table, "new", START + 2);
    assertThat(evicted).containsExactly("m\u001fb of 1");

    ObjectStore<FakeTracked>.Slot slot = table.find(MODEL, "a", START + 3, tracking("next"));
    FakeTracked.in(slot, "next").observe(START + 1);

    assertThat(table.size()).isEqualTo(2);
    asks(table, "b", START + 4);
    assertThat(asks(table, "b", START + 4)).isTrue();
    assertThat(evicted).last().isEqualTo("m\u001fa of 1");
  }

  @Test
  void aRestartChangesNothing() {
    Random random = new Random(5);
    PrincipalTable<FakeTracked> table = table(50);
    for (int i = 0; i < 5_000; i++) {
      asks(table, "k" + (int) Math.abs(random.nextGaussian() * 60), START + i * MINUTE);
    }
    ObjectStore<FakeTracked> kept = Restored.copy(principals, FakeTracked.CODEC);
    ObjectStore<FrequencyBlock> keptBlocks = Restored.copy(frequencies, FrequencyBlock.CODEC);
    ObjectStore<NewNames> keptNames = Restored.copy(newNames, NewNames.CODEC);
    long seed = random.nextLong();

    List<String> expected = verdicts(table, seed);
    principals = kept;
    frequencies = keptBlocks;
    newNames = keptNames;

    assertThat(verdicts(table(50), seed)).isEqualTo(expected);
  }

  private List<String> verdicts(PrincipalTable<FakeTracked> table, long seed) {
    evicted.clear();
    Random random = new Random(seed);
    List<String> verdicts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String name = "k" + (int) Math.abs(random.nextGaussian() * 60);
      verdicts.add(name + asks(table, name, START + (5_000 + i) * MINUTE));
    }
    verdicts.addAll(evicted);
    assertThat(evicted).isNotEmpty();
    return verdicts;
  }

  @Test
  void aSmallerLimitTakesEffectAfterARestart() {
    PrincipalTable<FakeTracked> table = table(10);
    for (int i = 0; i < 10; i++) {
      asks(table, "k" + i, START + i);
    }

    PrincipalTable<FakeTracked> smaller = table(4);
    smaller.tick(START + DAY);

    assertThat(smaller.size()).isEqualTo(4);
    assertThat(principals.sortedKeys())
        .containsExactly("m\u001fk6", "m\u001fk7", "m\u001fk8", "m\u001fk9");
    assertThat(evicted).hasSize(6);
  }

  @Test
  void anEventOfAKnownPrincipalAllocatesNothing() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemoryEnabled());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PrincipalTable<FakeTracked> table = table(1_000);
    String[] names = new String[1_000];
    for (int i = 0; i < names.length; i++) {
      names[i] = "principal" + i;
      asks(table, names[i], START);
    }
    for (int i = 0; i < 50_000; i++) {
      table.find(MODEL, names[i % names.length], START, tracking);
    }

    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < 100_000; i++) {
      table.find(MODEL, names[i % names.length], START, tracking);
    }
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(allocated).as("bytes of 100,000 events").isLessThan(10_000);
  }

  @Test
  void aMillionNewNamesAreOneFindingAndCostNobodyTheirPlace() {
    PrincipalTable<FakeTracked> table = table(2_000);
    List<Finding> findings = new ArrayList<>();
    for (int hour = 0; hour < 48; hour++) {
      for (int i = 0; i < 1_500; i++) {
        asks(table, "honest" + i, START + hour * HOUR + i);
      }
      findings.addAll(table.tick(START + hour * HOUR + 5 * MINUTE));
    }
    assertThat(findings).as("before the flood").isEmpty();
    long from = START + 48 * HOUR;

    for (int i = 0; i < 1_000_000; i++) {
      long at = from + 4 * MINUTE * i / 1_000_000;
      asks(table, "flood" + i, at);
      if (i % 250_000 == 0) {
        findings.addAll(table.tick(at));
      }
    }
    findings.addAll(table.tick(from + 5 * MINUTE));
    findings.addAll(table.tick(from + 2 * HOUR));

    assertThat(findings).hasSize(1);
    Finding flood = findings.get(0);
    assertThat(flood.kind()).isEqualTo(IncidentKind.DETECTOR_FLOODED);
    assertThat(flood.subject()).isEqualTo("model:m");
    assertThat(flood.onsetMillis()).isBetween(from - HOUR, from + 4 * MINUTE);
    assertThat(flood.evidence().get(0).sentence()).contains("principals asked for the first time");
    assertThat(evicted).allMatch(name -> name.startsWith("m\u001fflood"));
    assertThat(table.size()).isEqualTo(2_000);
    for (int i = 0; i < 1_500; i++) {
      assertThat(principals.get("m\u001fhonest" + i).events()).isEqualTo(48);
    }
  }

  private boolean asks(PrincipalTable<FakeTracked> table, String principal, long timeMillis) {
    ObjectStore<FakeTracked>.Slot slot = table.find(MODEL, principal, timeMillis, tracking);
    if (slot != null) {
      FakeTracked.in(slot, "b").observe(timeMillis);
      slot.changed();
    }
    return slot != null;
  }

  private PrincipalTable<FakeTracked> table(int maximum) {
    return new PrincipalTable<>(
        principals,
        frequencies,
        newNames,
        maximum,
        metrics,
        "0",
        (key, tracked) -> evicted.add(key + " of " + tracked.events()));
  }

  private static Tracking tracking(String baselineId) {
    return new Tracking(baselineId, 2_000, 1e-5);
  }

  private double metric(String name) {
    return registry.getSampleValue(name, new String[] {"partition"}, new String[] {"0"});
  }
}
