package io.inferwarden.app.demo;

import java.util.SplittableRandom;

/**
 * Evasion with labels only: walks along the decision boundary towards a row of the attacker's that
 * the model catches, until a row very like it passes. Simplified from HopSkipJump,
 * arXiv:1904.02144.
 */
final class BoundaryProber {
  private static final int QUERIES = 300;
  private static final int WALKS = 3;
  private static final int HALVINGS = 7;
  private static final int DIRECTIONS = 16;
  private static final double RADIUS = .15;
  private static final double STEP = .4;
  private static final double GAP_SECONDS = 12;

  private final ServedModel victim;
  private final Recording recording;
  private final SplittableRandom random;

  BoundaryProber(ServedModel victim, Recording recording, SplittableRandom random) {
    this.victim = victim;
    this.recording = recording;
    this.random = random;
  }

  void run(Caller caller, long fromMillis) {
    Walk walk = new Walk(caller, fromMillis);
    for (int i = 1; i <= WALKS; i++) {
      walk.run(i * QUERIES / WALKS);
    }
  }

  private final class Walk {
    private final Caller caller;
    private long timeMillis;
    private int asked;
    private int caughtAs;

    Walk(Caller caller, long fromMillis) {
      this.caller = caller;
      this.timeMillis = fromMillis;
    }

    /** From one caught row, until so many queries in all have been asked. */
    void run(int limit) {
      double[] caught = victim.population().draw(random);
      caughtAs = label(caught);
      double[] passing = victim.population().draw(random);
      while (asked < limit && !passes(passing)) {
        passing = victim.population().draw(random);
      }
      while (asked < limit) {
        passing = nearestPassing(caught, passing, limit);
        passing = uphill(passing, limit);
      }
    }

    private int label(double[] row) {
      asked++;
      double[] scores = recording.ask(timeMillis, caller, victim, row);
      timeMillis += Draws.waitMillis(GAP_SECONDS, random);
      return Classifier.largest(scores);
    }

    private boolean passes(double[] row) {
      return label(row) != caughtAs;
    }

    private double[] nearestPassing(double[] caught, double[] passing, int limit) {
      double low = 0;
      double high = 1;
      for (int i = 0; i < HALVINGS && asked < limit; i++) {
        double middle = (low + high) / 2;
        if (passes(between(caught, passing, middle))) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return between(caught, passing, high);
    }

    /** A step along the mean of random directions, each counted by whether its end passes. */
    private double[] uphill(double[] row, int limit) {
      int numbers = victim.space().numerics().size();
      double[] direction = new double[numbers];
      for (int d = 0; d < DIRECTIONS && asked < limit; d++) {
        double[] noise = Draws.gaussians(numbers, 1, random);
        double sign = passes(along(row, noise, RADIUS)) ? 1 : -1;
        for (int i = 0; i < numbers; i++) {
          direction[i] += sign * noise[i];
        }
      }
      double length = 0;
      for (double part : direction) {
        length += part * part;
      }
      return along(row, direction, length > 0 ? STEP / Math.sqrt(length) : 0);
    }

    /** The numbers in between; the categories of the passing row, which cannot be halved. */
    private double[] between(double[] caught, double[] passing, double share) {
      double[] row = passing.clone();
      for (int i = 0; i < victim.space().numerics().size(); i++) {
        row[i] = caught[i] + share * (passing[i] - caught[i]);
      }
      return victim.space().snap(row);
    }

    private double[] along(double[] row, double[] direction, double far) {
      double[] next = row.clone();
      for (int i = 0; i < direction.length; i++) {
        double value = row[i] + far * direction[i];
        next[i] = Math.max(-FeatureSpace.REACH, Math.min(FeatureSpace.REACH, value));
      }
      return victim.space().snap(next);
    }
  }
}
