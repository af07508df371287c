package io.inferwarden.app.demo;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A network with one hidden layer (tanh) and a softmax, trained on cross-entropy by stochastic
 * gradient descent. Small enough to train in a fraction of a second; real enough that its answers,
 * its mistakes and its boundary are those of a learned model.
 */
final class Classifier {
  private static final double FIRST_STEP = .1;
  private static final double LAST_STEP = .005;

  private final FeatureSpace space;
  private final int classes;
  private final double[][] hiddenWeights;
  private final double[][] outputWeights;

  private Classifier(FeatureSpace space, int classes, int hidden, SplittableRandom random) {
    this.space = space;
    this.classes = classes;
    this.hiddenWeights = new double[hidden][];
    for (int h = 0; h < hidden; h++) {
      hiddenWeights[h] = Draws.gaussians(space.inputs() + 1, .4, random);
    }
    this.outputWeights = new double[classes][];
    for (int c = 0; c < classes; c++) {
      outputWeights[c] = Draws.gaussians(hidden + 1, .2, random);
    }
  }

  /**
   * Learns to answer each row with its target.
   *
   * @param targets a probability per class, for each row
   */
  static Classifier train(
      FeatureSpace space,
      List<double[]> rows,
      List<double[]> targets,
      int hidden,
      int epochs,
      SplittableRandom random) {
    if (rows.isEmpty() || rows.size() != targets.size()) {
      throw new IllegalArgumentException(
          "rows and targets must be as many, were " + rows.size() + " and " + targets.size());
    }
    Classifier learned = new Classifier(space, targets.get(0).length, hidden, random);
    double[][] inputs = rows.stream().map(space::encode).toArray(double[][]::new);
    int steps = epochs * inputs.length;
    for (int step = 0; step < steps; step++) {
      int i = random.nextInt(inputs.length);
      double rate = FIRST_STEP * Math.pow(LAST_STEP / FIRST_STEP, (double) step / steps);
      learned.descend(inputs[i], targets.get(i), rate);
    }
    return learned;
  }

  private void descend(double[] input, double[] target, double rate) {
    double[] hidden = hidden(input);
    double[] scores = scoresOf(hidden);
    double[] blame = new double[hidden.length];
    for (int c = 0; c < classes; c++) {
      double error = scores[c] - target[c];
      double[] weights = outputWeights[c];
      for (int h = 0; h < hidden.length; h++) {
        blame[h] += error * weights[h];
        weights[h] -= rate * error * hidden[h];
      }
      weights[hidden.length] -= rate * error;
    }
    for (int h = 0; h < hidden.length; h++) {
      double slope = rate * blame[h] * (1 - hidden[h] * hidden[h]);
      double[] weights = hiddenWeights[h];
      for (int i = 0; i < input.length; i++) {
        weights[i] -= slope * input[i];
      }
      weights[input.length] -= slope;
    }
  }

  private double[] hidden(double[] input) {
    double[] hidden = new double[hiddenWeights.length];
    for (int h = 0; h < hidden.length; h++) {
      hidden[h] = Math.tanh(affine(hiddenWeights[h], input));
    }
    return hidden;
  }

  private double[] scoresOf(double[] hidden) {
    double[] scores = new double[classes];
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      scores[c] = affine(outputWeights[c], hidden);
      largest = Math.max(largest, scores[c]);
    }
    double total = 0;
    for (int c = 0; c < classes; c++) {
      scores[c] = Math.exp(scores[c] - largest);
      total += scores[c];
    }
    for (int c = 0; c < classes; c++) {
      scores[c] /= total;
    }
    return scores;
  }

  private static double affine(double[] weights, double[] input) {
    double sum = weights[input.length];
    for (int i = 0; i < input.length; i++) {
      sum += weights[i] * input[i];
    }
    return sum;
  }

  /** A probability per class. */
  double[] scores(double[] row) {
    return scoresOf(hidden(space.encode(row)));
  }

  int label(double[] row) {
    return largest(scores(row));
  }

  static int largest(double[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      if (scores[c] > scores[best]) {
        best = c;
      }
    }
    return best;
  }

  /** How the log score of one class changes with each number of the row. */
  double[] gradient(double[] row, int label) {
    double[] hidden = hidden(space.encode(row));
    double[] scores = scoresOf(hidden);
    double[] gradient = new double[space.numerics().size()];
    for (int h = 0; h < hidden.length; h++) {
      double pull = outputWeights[label][h];
      for (int c = 0; c < classes; c++) {
        pull -= scores[c] * outputWeights[c][h];
      }
      double slope = pull * (1 - hidden[h] * hidden[h]);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += slope * hiddenWeights[h][i];
      }
    }
    return gradient;
  }

  /** Share of the rows on which both give the same label. */
  double agreement(Classifier other, List<double[]> rows) {
    long same = rows.stream().filter(row -> label(row) == other.label(row)).count();
    return (double) same / rows.size();
  }
}
