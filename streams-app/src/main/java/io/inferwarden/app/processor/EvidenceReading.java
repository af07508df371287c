package io.inferwarden.app.processor;

import java.util.Map;

/**
 * Evidence after a pane, as it is shown.
 *
 * @param paneStartMillis start of the pane, event time
 * @param level at least 0; 1 or more is an alarm
 * @param spend expected false alarms granted to the pane, above 0
 * @param heldUntilMillis event time until which it is shown though the evidence began again, since
 *     the incident goes on
 * @param causes share of the evidence by cause, the largest few
 */
record EvidenceReading(
    long paneStartMillis,
    double level,
    double spend,
    long heldUntilMillis,
    Map<String, Double> causes) {
  EvidenceReading {
    if (!(level >= 0)) {
      throw new IllegalArgumentException("level must be >= 0, was " + level);
    }
    if (!(spend > 0)) {
      throw new IllegalArgumentException("spend must be > 0, was " + spend);
    }
    causes = Map.copyOf(causes);
  }

  /** Evidence without an alarm. */
  static EvidenceReading of(long paneStartMillis, double level, double spend) {
    return new EvidenceReading(paneStartMillis, level, spend, Long.MIN_VALUE, Map.of());
  }

  /** What to show after this and then a later one. */
  EvidenceReading then(EvidenceReading later) {
    return later.level < level && later.paneStartMillis < heldUntilMillis
        ? new EvidenceReading(later.paneStartMillis, level, spend, heldUntilMillis, causes)
        : later;
  }

  /** Decimal logarithm of the panes in which chance alone would do this once; at least 0. */
  double log10() {
    return Math.log10(Math.max(1, level / spend));
  }

  /** The same of the least evidence that is an alarm. */
  double alarmLineLog10() {
    return Math.log10(Math.max(1, 1 / spend));
  }
}
