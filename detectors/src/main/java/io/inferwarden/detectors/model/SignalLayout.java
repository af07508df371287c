package io.inferwarden.detectors.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which signal is read from what of an observation: first the features, then what else a request
 * has, then what belongs to the answer. Immutable.
 */
final class SignalLayout {
  /** Index of a signal that the model does not have. */
  static final int ABSENT = -1;

  private final SignalBins[] bins;
  private final String[] names;
  private final boolean[] answer;
  private final @Nullable SignalSource[] sources;
  private final int features;
  private final int requestSignals;
  private final int missing;
  private final int unknown;
  private final int wrongType;
  private final int firstEmbedding;
  private final @Nullable EmbeddingSpace embedding;
  private final Map<String, Integer> featureByName = new HashMap<>();

  /**
   * @param features how many of the signals, at the beginning, are features
   */
  SignalLayout(List<SignalBaseline> signals, int features, LearnedTables tables) {
    this.bins = signals.stream().map(SignalBaseline::bins).toArray(SignalBins[]::new);
    this.names = signals.stream().map(SignalBaseline::name).toArray(String[]::new);
    this.features = features;
    this.embedding = tables.embedding();
    this.answer = new boolean[bins.length];
    this.sources = new @Nullable SignalSource[bins.length];
    for (int s = 0; s < features; s++) {
      featureByName.put(names[s], s);
    }
    int firstAnswer = bins.length;
    for (int s = bins.length - 1; s >= features; s--) {
      PlainSignal plain = PlainSignal.named(names[s]);
      sources[s] = plain != null ? plain.source() : tables.source(names[s]);
      SignalScope scope = plain != null ? plain.scope() : LearnedTables.scope(names[s]);
      answer[s] = scope == SignalScope.ANSWER;
      firstAnswer = scope == SignalScope.REQUEST ? firstAnswer : s;
    }
    this.requestSignals = firstAnswer;
    this.firstEmbedding = indexOf(EmbeddingSpace.signalName(0));
    this.missing = indexOf(SchemaSignal.MISSING.signalName());
    this.unknown = indexOf(SchemaSignal.UNKNOWN.signalName());
    this.wrongType = indexOf(SchemaSignal.WRONG_TYPE.signalName());
  }

  private int indexOf(String name) {
    for (int s = features; s < names.length; s++) {
      if (names[s].equals(name)) {
        return s;
      }
    }
    return ABSENT;
  }

  int signals() {
    return bins.length;
  }

  /** How many signals, at the beginning, are features. */
  int features() {
    return features;
  }

  /** How many signals, at the beginning, belong to the request: features and others. */
  int requestSignals() {
    return requestSignals;
  }

  SignalBins bins(int signal) {
    return bins[signal];
  }

  /** What reads the signal by itself; null for features, embeddings and schema signals. */
  @Nullable SignalSource source(int signal) {
    return sources[signal];
  }

  /** Whether only an answer has the signal, not a request that failed. */
  boolean isOfAnswer(int signal) {
    return answer[signal];
  }

  /** Index of a count of what a request lacks or has too much; or {@link #ABSENT}. */
  int missing() {
    return missing;
  }

  int unknown() {
    return unknown;
  }

  int wrongType() {
    return wrongType;
  }

  /** Index of the first measure of embeddings, which the others follow; or {@link #ABSENT}. */
  int firstEmbedding() {
    return firstEmbedding;
  }

  @Nullable EmbeddingSpace embedding() {
    return embedding;
  }

  /** Dimension of the embeddings; 0 when they are not watched. */
  int dimension() {
    return embedding == null ? 0 : embedding.dimension();
  }

  boolean isNamed(int signal, String name) {
    return names[signal].equals(name);
  }

  int feature(String name) {
    Integer index = featureByName.get(name);
    return index == null ? ABSENT : index;
  }
}
