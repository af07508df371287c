package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the bounded sample that baselines are learned from: the first events of each principal,
 * and the events with the smallest hashes of each pane.
 */
final class LearningSampler {
  /** Events of each principal and model in the learning sample. */
  static final int PRINCIPAL_SAMPLE = 60;

  /** Parts of the learning time, each with a sample of its own, where principals ask by text. */
  private static final int PARTS_OF_CHATS = 3;

  /**
   * Principals of one partition in the learning samples; a flood of new names must not grow the
   * state for ever.
   */
  private static final int MAXIMUM_PRINCIPALS = 50_000;

  private final DetectionSettings settings;
  private final ObjectStore<LearningPanes> panes;
  private final SampledPrincipals principals;
  private final EventBinaryCodec codec = new EventBinaryCodec();

  LearningSampler(
      DetectionSettings settings, ObjectStore<LearningPanes> panes, ObjectStore<Long> principals) {
    this.settings = settings;
    this.panes = panes;
    this.principals = new SampledPrincipals(principals, MAXIMUM_PRINCIPALS);
  }

  /**
   * Offers an event of a model version that has no baseline yet.
   *
   * @param withPrincipals whether principals are still to be learned, too: not for a later version
   *     of a known model
   * @return the sample to hand on, or null when the event is not part of it
   */
  LearningMessage.@Nullable Sample offer(InferenceEvent event, boolean withPrincipals) {
    long hash = hash(event);
    ObjectStore<LearningPanes>.Slot slot =
        panes.slot(BaselineRecord.topicKey(event.model(), event.version()));
    LearningPanes learning = slot.value();
    if (learning == null) {
      learning = new LearningPanes();
      slot.set(learning);
    }
    boolean paneSampled =
        learning
            .panes
            .computeIfAbsent(
                settings.paneStart(event.timeMillis()), start -> new LearningPanes.Pane())
            .offer(hash);
    slot.changed();
    int ordinal = withPrincipals ? principalOrdinal(event) : 0;
    if (!paneSampled && ordinal == 0) {
      return null;
    }
    return new LearningMessage.Sample(
        event.model(),
        event.version(),
        ordinal,
        paneSampled,
        hash,
        event.timeMillis(),
        codec.encode(event));
  }

  private int principalOrdinal(InferenceEvent event) {
    String part = "";
    if (event.features().size() == 0) {
      // Words are learned from the beginning and habits from what follows: both need everybody.
      long partMillis = settings.learning().toMillis() / PARTS_OF_CHATS;
      part = String.valueOf(Math.floorDiv(event.timeMillis(), Math.max(1, partMillis)));
    }
    return principals.next(event.model(), event.principal(), part, PRINCIPAL_SAMPLE);
  }

  /** The same for the same event, whichever instance reads it. */
  private static long hash(InferenceEvent event) {
    String id = event.id();
    return id != null
        ? DuplicateWindow.hash(id)
        : DuplicateWindow.hash(event.principal() + '\u001f' + event.timeMillis())
            ^ event.features().fingerprint();
  }

  /** The totals of all panes that ended by the watermark, which are then forgotten. */
  List<LearningMessage.PaneTotal> totalsUntil(long watermarkMillis) {
    List<LearningMessage.PaneTotal> totals = new ArrayList<>();
    for (String key : panes.sortedKeys()) {
      ObjectStore<LearningPanes>.Slot slot = panes.slot(key);
      LearningPanes learning = slot.value();
      if (learning == null) {
        continue;
      }
      var over = learning.panes.headMap(watermarkMillis - settings.pane().toMillis(), true);
      if (!over.isEmpty()) {
        int split = key.indexOf('\u001f');
        over.forEach(
            (start, pane) ->
                totals.add(
                    new LearningMessage.PaneTotal(
                        key.substring(0, split), key.substring(split + 1), start, pane.events)));
        over.clear();
        slot.changed();
      }
    }
    return totals;
  }

  /** Forgets what was needed to learn this model version. */
  void finished(BaselineRecord baseline) {
    panes.delete(baseline.topicKey());
    if (baseline.primary()) {
      principals.forget(baseline.model());
    }
  }
}
