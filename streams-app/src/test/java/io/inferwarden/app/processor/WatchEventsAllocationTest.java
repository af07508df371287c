package io.inferwarden.app.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/**
 * What judging an event allocates behind the parser, with everything learned, every account known
 * and no pane ending: memory that is not asked for need not be collected.
 */
class WatchEventsAllocationTest {
  private static final long START = Instant.parse("2025-06-02T00:00:00Z").toEpochMilli();
  private static final int EVENTS = 2_000;
  private static final int ROUNDS = 40;
  private static final int MOST_BYTES = 64;

  private final DetectionSettings settings = SettingsOf.policy(Policy.defaults(), 1, false);
  private final AppMetrics metrics = new AppMetrics(new CollectorRegistry());
  private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  @Test
  void judgingAnEventAllocatesNextToNothing() throws IOException {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "the JVM counts no bytes");
    DemoWorld world = DemoWorld.create(7, START);
    Instant now = Instant.ofEpochMilli(START).plus(DemoWorld.LENGTH);
    AwaitBaseline stages = stages(learn(world, now), now);
    List<DemoEvent> secondDay = secondDay(world);
    secondDay.forEach(one -> hear(stages, one.json(), now));
    List<byte[]> atOnce = atTheTimeOfTheLast(secondDay);

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      context.resetForwards();
      long bytes = 0;
      for (byte[] json : atOnce) {
        bytes += hear(stages, json, now);
      }
      least = Math.min(least, bytes);
    }

    System.out.printf("judging an event allocates %.1f bytes%n", least / (double) atOnce.size());
    assertThat(least / (double) atOnce.size()).isLessThanOrEqualTo(MOST_BYTES);
  }

  private List<BaselineRecord> learn(DemoWorld world, Instant now) throws IOException {
    try (BacktestDriver driver =
        new BacktestDriver(settings, Policy.defaults(), List.of(), now, incident -> {})) {
      world.events().forEach(one -> driver.accept(one.json()));
      driver.finish();
      return driver.learned();
    }
  }

  private static List<DemoEvent> secondDay(DemoWorld world) {
    long begin = START + DemoWorld.LEARNING.toMillis();
    return world.events().stream().filter(one -> one.timeMillis() >= begin).toList();
  }

  /** Events of accounts that are known, without a tick between them. */
  private static List<byte[]> atTheTimeOfTheLast(List<DemoEvent> events) {
    DemoEvent last = events.get(events.size() - 1);
    List<byte[]> atOnce = new ArrayList<>();
    for (DemoEvent one : events.subList(events.size() - EVENTS, events.size())) {
      String json = new String(one.json(), UTF_8);
      String time = json.replaceFirst(".*?(\"time\":(?:\"[^\"]*\"|\\d+)).*", "$1");
      atOnce.add(json.replace(time, "\"time\":" + last.timeMillis()).getBytes(UTF_8));
    }
    return atOnce;
  }

  private AwaitBaseline stages(List<BaselineRecord> learned, Instant now) {
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    new Stages(settings, AlertRouting.none(), metrics)
        .watchEvents()
        .stores()
        .forEach(store -> context.addStateStore((StateStore) store.build()));
    BaselineRegistry baselines = new BaselineRegistry(Stores.BASELINES);
    learned.forEach(one -> baselines.accept(one.topicKey(), one.toBytes()));
    context.addStateStore(baselines);
    context.addStateStore(new PolicyRegistry(Stores.POLICIES));
    LearnedParts parts = new LearnedParts();
    CommitPace.Threads threads = new CommitPace.Threads();
    SummarisePanes counting = new SummarisePanes(settings, metrics, parts);
    WatchPrincipals judging = new WatchPrincipals(settings, metrics, parts, counting, threads);
    AwaitBaseline joining =
        new AwaitBaseline(
            settings,
            metrics,
            new InstanceActivity(),
            judging,
            LearningMemory.ofThisProcess(),
            threads);
    counting.init(context);
    judging.init(context);
    joining.init(context);
    return joining;
  }

  /** Bytes that were allocated after the event was read. */
  private long hear(AwaitBaseline stages, byte[] json, Instant now) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(parser.parse(json, 0, json.length, now.toEpochMilli(), event)).isNull();
    long before = thread.getCurrentThreadAllocatedBytes();
    stages.hear(event, now.toEpochMilli());
    return thread.getCurrentThreadAllocatedBytes() - before;
  }
}
