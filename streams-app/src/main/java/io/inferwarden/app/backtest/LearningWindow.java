package io.inferwarden.app.backtest;

import io.inferwarden.app.policy.DurationText;
import io.inferwarden.app.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stretch of event time from which a baseline is learned anew: whole panes, the latest ones.
 *
 * @param policy whose learning time and panes it has
 * @param until its end, exclusive
 */
public record LearningWindow(Policy policy, Instant until) {
  public LearningWindow {
    long paneMillis = policy.pane().toMillis();
    until = Instant.ofEpochMilli(Math.floorDiv(until.toEpochMilli(), paneMillis) * paneMillis);
  }

  /** Its beginning, inclusive. */
  public Instant from() {
    return until.minus(policy.learning());
  }

  /** Why it holds too little of what is usual since a change; nothing where it does not. */
  public Optional<String> lacking(Instant onset) {
    if (!from().isBefore(onset)) {
      return Optional.empty();
    }
    Duration since = Duration.between(onset, until);
    return Optional.of(
        "too little to learn from: the change began at "
            + onset
            + ", which is "
            + DurationText.format(since.isNegative() ? Duration.ZERO : since)
            + " of whole panes before "
            + until
            + ", and learning takes "
            + DurationText.format(policy.learning())
            + "; try again when there are events of "
            + onset.plus(policy.learning()).plus(policy.pane())
            + ", or learn from less with --learn");
  }
}
