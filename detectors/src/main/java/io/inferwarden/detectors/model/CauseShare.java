package io.inferwarden.detectors.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One signal's share of a model's evidence.
 *
 * @param signal name of the signal: an input feature, or one of {@code docs/detectors/models.md}
 * @param group what the signal is about
 * @param share its share of the level, in [0, 1]; the shares of a model sum to 1
 * @param bins the bins that moved most, first the one that moved most; empty for signals that do
 *     not lead
 * @param change how big it is; null for signals that do not lead
 */
public record CauseShare(
    String signal,
    SignalGroup group,
    double share,
    List<BinShift> bins,
    @Nullable SignalChange change) {
  public CauseShare {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
    bins = List.copyOf(bins);
  }
}
