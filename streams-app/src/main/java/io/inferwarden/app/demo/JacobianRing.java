package io.inferwarden.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Model extraction by Jacobian-based augmentation, spread over many accounts: from a few natural
 * rows, rounds of learning a substitute and asking about every known row moved along the sign of
 * the substitute's gradient. Papernot et al., doi:10.1145/3052973.3053009.
 */
final class JacobianRing {
  static final int ACCOUNTS = 30;
  static final int ADDRESSES = 3;
  private static final int NATURAL_ROWS = 60;
  private static final int LEAST_QUERIES = 60;
  private static final int MOST_QUERIES = 80;
  private static final double MOVE = .6;
  private static final double GAP_SECONDS = 5;

  private final ServedModel victim;
  private final Recording recording;
  private final StolenCopy copy;
  private final SplittableRandom random;
  private final List<Caller> turns = new ArrayList<>();
  private long timeMillis;

  JacobianRing(ServedModel victim, Recording recording, StolenCopy copy, SplittableRandom random) {
    this.victim = victim;
    this.recording = recording;
    this.copy = copy;
    this.random = random;
  }

  void run(List<Caller> accounts, long fromMillis) {
    timeMillis = fromMillis;
    shareOut(accounts);
    for (int i = 0; i < NATURAL_ROWS; i++) {
      ask(victim.population().draw(random));
    }
    for (int round = 0; copy.queries() < turns.size(); round++) {
      Classifier substitute = copy.learn();
      double move = round % 2 == 0 ? MOVE : -MOVE;
      int known = copy.queries();
      for (int i = 0; i < known && copy.queries() < turns.size(); i++) {
        ask(moved(copy.row(i), substitute.gradient(copy.row(i), copy.label(i)), move));
      }
    }
  }

  /** Every account gets its share of the turns, in an order that tells nothing. */
  private void shareOut(List<Caller> accounts) {
    for (Caller account : accounts) {
      int queries = random.nextInt(LEAST_QUERIES, MOST_QUERIES + 1);
      for (int i = 0; i < queries; i++) {
        turns.add(random.nextInt(turns.size() + 1), account);
      }
    }
  }

  private void ask(double[] row) {
    Caller caller = turns.get(copy.queries());
    copy.add(row, recording.ask(timeMillis, caller, victim, row));
    timeMillis += Draws.waitMillis(GAP_SECONDS, random);
  }

  private double[] moved(double[] row, double[] gradient, double move) {
    double[] next = row.clone();
    for (int i = 0; i < gradient.length; i++) {
      double value = next[i] + move * Math.signum(gradient[i]);
      next[i] = Math.max(-FeatureSpace.REACH, Math.min(FeatureSpace.REACH, value));
    }
    return victim.space().snap(next);
  }
}
