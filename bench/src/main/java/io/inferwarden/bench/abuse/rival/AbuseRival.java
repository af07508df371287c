package io.inferwarden.bench.abuse.rival;

import io.inferwarden.detectors.signal.Observation;

/** A detector of one account's abuse that alarms above a threshold, chosen afterwards. */
public interface AbuseRival {
  /**
   * Takes one query of the account in.
   *
   * @return how suspicious the account is now, larger is more; negative infinity when unknown
   */
  double take(Observation query);
}
