package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.state.StateReader;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What baselines hold, read from their bytes once for all partitions of an instance: each event
 * looks at many places of it, and a copy for each partition would push the others out of the
 * processor's cache. Thread-safe.
 */
final class LearnedParts {
  private final Map<BaselineRecord, Parts> byBaseline = new WeakHashMap<>();

  private record Parts(
      @Nullable ModelBaseline behaviour,
      @Nullable PrincipalBaseline principals,
      @Nullable ChatBaseline conversations) {
    static Parts of(BaselineRecord baseline) {
      return new Parts(
          read(baseline.behaviour(), ModelBaseline::readFrom),
          read(baseline.principals(), PrincipalBaseline::readFrom),
          read(baseline.conversations(), ChatBaseline::readFrom));
    }

    private static <T> @Nullable T read(byte @Nullable [] bytes, Function<StateReader, T> form) {
      return bytes == null ? null : form.apply(new StateReader(bytes));
    }
  }

  private synchronized Parts of(BaselineRecord baseline) {
    return byBaseline.computeIfAbsent(baseline, Parts::of);
  }

  /** The baseline of inputs and outputs; null when there was too little to learn it from. */
  @Nullable ModelBaseline behaviour(BaselineRecord baseline) {
    return of(baseline).behaviour;
  }

  /** The baseline of principals who ask by features; null when there is none. */
  @Nullable PrincipalBaseline principals(BaselineRecord baseline) {
    return of(baseline).principals;
  }

  /** The baseline of principals who ask by text; null when there is none. */
  @Nullable ChatBaseline conversations(BaselineRecord baseline) {
    return of(baseline).conversations;
  }
}
