package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.cohort.Placement;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Optional;

/** Which accused accounts of a model belong together. */
interface AccusedGrouping {
  /**
   * Takes the standing of an account.
   *
   * @param logEvidence natural logarithm of its evidence
   * @param events of it that were judged so far
   * @param cohortBar log evidence at which its network accuses it
   * @return where it belongs, when it is accused only now or belongs elsewhere than before
   */
  Optional<Placement> consider(
      String account,
      double logEvidence,
      CohortMessage.Traits traits,
      long events,
      double cohortBar);

  /** The number of the campaign that an account is in; 0 when it is not accused. */
  long campaignOf(String account);

  void writeTo(StateWriter out);

  /** Goes on where {@link #writeTo} stopped; it must be new. */
  void readFrom(StateReader in);
}
