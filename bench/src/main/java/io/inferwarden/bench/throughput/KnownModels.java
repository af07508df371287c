package io.inferwarden.bench.throughput;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the platform has learned before it is measured. Models of one kind ask and answer alike, so
 * one of each kind is learned, and the others of its kind are known by copies.
 */
final class KnownModels {
  private final Map<String, BaselineRecord> learned = new HashMap<>();

  KnownModels(Collection<BaselineRecord> baselines) {
    baselines.forEach(baseline -> learned.put(baseline.model(), baseline));
  }

  /** Those of a cluster. */
  static KnownModels read(Map<String, Object> connection) throws IOException {
    return new KnownModels(
        CompactedTopics.read(connection, Topics.BASELINES).values().stream()
            .map(BaselineRecord::fromBytes)
            .toList());
  }

  /**
   * That nothing is left out of what is measured.
   *
   * @throws IOException when of any model not all was learned that a classifier is judged by
   */
  void requireWhole() throws IOException {
    for (BaselineRecord baseline : learned.values()) {
      if (baseline.principals() == null || baseline.behaviour() == null) {
        throw new IOException(
            "the accounts or the behaviour of "
                + baseline.model()
                + " could not be learned, so that half of the platform would have nothing to do;"
                + " with more --learned-events of Throughput they may be. "
                + String.join("; ", baseline.notes()));
      }
    }
  }

  /** Makes it all known of so many models. */
  void spread(Map<String, Object> connection, int models) throws IOException, InterruptedException {
    if (models <= Traffic.KINDS) {
      return; // all of them were learned
    }
    for (int model = 0; model < models; model++) {
      BaselineRecord copy = of(model, models);
      CompactedTopics.put(connection, Topics.BASELINES, copy.topicKey(), copy.toBytes());
    }
  }

  /** What is known of one of so many models. */
  BaselineRecord of(int model, int models) {
    String sameKind = Traffic.nameOf(model % Traffic.KINDS);
    return Objects.requireNonNull(learned.get(sameKind), sameKind)
        .sharedWith(Traffic.nameOf(model), models);
  }
}
