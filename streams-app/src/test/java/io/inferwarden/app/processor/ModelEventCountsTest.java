package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.inferwarden.app.metrics.AppMetrics;
import io.prometheus.client.CollectorRegistry;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelEventCountsTest {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AppMetrics metrics = new AppMetrics(registry);
  private final ModelEventCounts counts = new ModelEventCounts(metrics);

  private Double events(String model) {
    return registry.getSampleValue(
        "inferwarden_model_events_total", new String[] {"model"}, new String[] {model});
  }

  @Test
  void countsEachEventForItsModelInWhateverOrderTheyCome() {
    for (String model : new String[] {"a", "b", "a", "a", "b", "c"}) {
      counts.count(model);
    }

    assertThat(events("a")).isEqualTo(3);
    assertThat(events("b")).isEqualTo(2);
    assertThat(events("c")).isEqualTo(1);
    assertThat(events("__other__")).isNull();
  }

  @Test
  void twoPartitionsOfAnInstanceShareTheCounters() {
    ModelEventCounts ofOtherPartition = new ModelEventCounts(metrics);

    counts.count("a");
    ofOtherPartition.count("a");

    assertThat(events("a")).isEqualTo(2);
  }

  @Test
  void anEventAllocatesNothingAlsoWhereItsModelHasNoSeriesOfItsOwn() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] models = IntStream.range(0, 400).mapToObj(i -> "model-" + i).toArray(String[]::new);
    for (int i = 0; i < 100_000; i++) {
      counts.count(models[i % models.length]);
    }

    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < 100_000; i++) {
      counts.count(models[i % models.length]);
    }
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(allocated).as("bytes of 100,000 events").isLessThan(10_000);
  }
}
