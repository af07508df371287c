package io.inferwarden.app.message;

import java.util.Map;
import java.util.Set;

/**
 * How far one partition of the inference events has been read: every event before the watermark, of
 * any model, has been handed on, except late ones. Sent to every partition of the next stage.
 *
 * @param partition of the inference events
 * @param watermarkMillis event time up to which the partition is complete
 * @param firstSeenMillis the models that this partition saw for the first time since its last
 *     progress, with the time of their first event
 * @param activePanesMillis starts of the panes in which the partition had events since its last
 *     progress
 */
public record Progress(
    int partition,
    long watermarkMillis,
    Map<String, Long> firstSeenMillis,
    Set<Long> activePanesMillis)
    implements LearningMessage, PaneMessage {
  public Progress {
    if (partition < 0) {
      throw new IllegalArgumentException("partition must be >= 0, was " + partition);
    }
    firstSeenMillis = Map.copyOf(firstSeenMillis);
    activePanesMillis = Set.copyOf(activePanesMillis);
  }
}
