package io.inferwarden.app.demo;

import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Everyone who attacks the fraud scorer, and the truth about them. Every query is answered by the
 * model before the next is made.
 */
final class Attacks {
  private static final double RANDOM_HOUR = 27;
  private static final int RANDOM_QUERIES = 400;
  private static final double RANDOM_REACH = 2;
  private static final double KNOCKOFF_HOUR = 30;
  private static final int KNOCKOFF_QUERIES = 600;
  private static final double KNOCKOFF_SHIFT = .45;
  private static final double PROBER_HOUR = 33;
  private static final double RING_HOUR = 38;

  private final ServedModel victim;
  private final Recording recording;
  private final Caller.Register register;
  private final SplittableRandom random;
  private final long startMillis;
  private final List<AttackLabel> labels;
  private final Map<String, Campaign> campaigns;

  Attacks(
      ServedModel victim,
      Recording recording,
      Caller.Register register,
      SplittableRandom random,
      long startMillis,
      List<AttackLabel> labels,
      Map<String, Campaign> campaigns) {
    this.victim = victim;
    this.recording = recording;
    this.register = register;
    this.random = random;
    this.startMillis = startMillis;
    this.labels = labels;
    this.campaigns = campaigns;
  }

  void run() {
    randomThief();
    knockoffThief();
    prober();
    ring();
  }

  private long at(double hour) {
    return startMillis + Math.round(hour * TimeUnit.HOURS.toMillis(1));
  }

  /** Asks about points drawn evenly from the usual range of every feature. */
  private void randomThief() {
    Caller thief = register.next("freelancer");
    StolenCopy copy = new StolenCopy(victim, random.split());
    FeatureSpace space = victim.space();
    long time = at(RANDOM_HOUR);
    for (int i = 0; i < RANDOM_QUERIES; i++) {
      double[] row = new double[space.width()];
      for (int f = 0; f < row.length; f++) {
        int number = f - space.numerics().size();
        row[f] =
            number < 0
                ? RANDOM_REACH * (2 * random.nextDouble() - 1)
                : random.nextInt(space.categories().get(number).values().size());
      }
      row = space.snap(row);
      copy.add(row, recording.ask(time, thief, victim, row));
      time += Draws.waitMillis(18, random);
    }
    labelled(List.of(thief), "extract_random", "c01", copy);
  }

  /** Asks about natural rows that it has: those of another population. */
  private void knockoffThief() {
    Caller thief = register.next("insightly");
    StolenCopy copy = new StolenCopy(victim, random.split());
    Population foreign = victim.population().elsewhere(KNOCKOFF_SHIFT, random);
    long time = at(KNOCKOFF_HOUR);
    for (int i = 0; i < KNOCKOFF_QUERIES; i++) {
      double[] row = foreign.draw(random);
      copy.add(row, recording.ask(time, thief, victim, row));
      time += Draws.waitMillis(15, random);
    }
    labelled(List.of(thief), "extract_knockoff", "c02", copy);
  }

  private void prober() {
    Caller caller = register.next("quickcart");
    new BoundaryProber(victim, recording, random.split()).run(caller, at(PROBER_HOUR));
    labels.add(recording.attackBy(caller, "evasion_hsj", "c03"));
    campaigns.put("c03", new Campaign("evasion_hsj", 1, List.of()));
  }

  private void ring() {
    List<Caller> accounts = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < JacobianRing.ACCOUNTS; i++) {
      Caller account = register.next("trial");
      addresses.add(account.address());
      accounts.add(account.behind(addresses.get(i % JacobianRing.ADDRESSES)));
    }
    StolenCopy copy = new StolenCopy(victim, random.split());
    new JacobianRing(victim, recording, copy, random.split()).run(accounts, at(RING_HOUR));
    labelled(accounts, "extract_jbda_sybil", "c04", copy);
  }

  private void labelled(List<Caller> callers, String attack, String campaign, StolenCopy copy) {
    for (Caller caller : callers) {
      labels.add(recording.attackBy(caller, attack, campaign));
    }
    campaigns.put(campaign, copy.campaign(attack, callers.size()));
  }
}
