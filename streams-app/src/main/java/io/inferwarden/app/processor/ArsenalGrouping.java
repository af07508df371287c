package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.cohort.Placement;
import io.inferwarden.detectors.cohort.SharedArsenal;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Optional;

/**
 * Groups the accused accounts of a chat model by the attack prompts that they share. Nobody is
 * accused for being like others here.
 */
final class ArsenalGrouping implements AccusedGrouping {
  private final double ownBar;
  private SharedArsenal arsenal = new SharedArsenal();

  /**
   * @param ownBar log evidence at which an account is accused for what it does alone
   */
  ArsenalGrouping(double ownBar) {
    this.ownBar = ownBar;
  }

  @Override
  public Optional<Placement> consider(
      String account,
      double logEvidence,
      CohortMessage.Traits traits,
      long events,
      double cohortBar) {
    int before = arsenal.groupOf(account);
    if (before == 0 && !(logEvidence >= Math.min(ownBar, cohortBar))) {
      return Optional.empty();
    }
    arsenal.accuse(account, traits.attackPrompts());
    int now = arsenal.groupOf(account);
    if (before == now) {
      return Optional.empty();
    }
    int members = arsenal.accounts(now).size();
    Placement.Change change =
        before != 0
            ? Placement.Change.MOVED
            : members == 1 ? Placement.Change.FOUNDED : Placement.Change.JOINED;
    return Optional.of(new Placement(change, now, before, members, Double.NaN));
  }

  @Override
  public long campaignOf(String account) {
    return arsenal.groupOf(account);
  }

  @Override
  public void writeTo(StateWriter out) {
    arsenal.writeTo(out);
  }

  @Override
  public void readFrom(StateReader in) {
    arsenal = SharedArsenal.readFrom(in);
  }
}
