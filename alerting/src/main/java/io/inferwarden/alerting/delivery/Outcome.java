package io.inferwarden.alerting.delivery;

import java.util.Locale;

/** What became of an incident that was handed to a sink. */
public enum Outcome {
  /** The sink took it. */
  DELIVERED,
  /** The sink is disabled, so no attempt was made. */
  SUPPRESSED,
  /** The sink did not take it, and a dead letter says why. */
  DEAD_LETTERED,
  /** The process stopped meanwhile; the incident is delivered after the restart. */
  INTERRUPTED;

  /** The word used in metrics, such as {@code dead_lettered}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
