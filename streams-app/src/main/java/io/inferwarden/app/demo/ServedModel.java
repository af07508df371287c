package io.inferwarden.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A deployed classifier with the population whose rows it was trained on.
 *
 * @param digest what the deployment believes to be serving
 * @param labels the names of the classes
 */
record ServedModel(
    String name,
    String version,
    String digest,
    List<String> labels,
    FeatureSpace space,
    Population population,
    Classifier classifier) {
  private static final int TRAINING_ROWS = 4000;
  private static final int HIDDEN = 20;
  private static final int EPOCHS = 25;
  private static final double ELSEWHERE = .8;
  private static final double MISLABELLED = .02;

  ServedModel {
    labels = List.copyOf(labels);
  }

  static ServedModel train(
      String name,
      String version,
      List<String> labels,
      FeatureSpace space,
      SplittableRandom random) {
    Population population = Population.create(space, labels.size(), random);
    Classifier classifier =
        fit(space, population, labels.size(), population.weights(), random.split());
    String digest = "sha256:%016x%016x".formatted(random.nextLong(), random.nextLong());
    return new ServedModel(name, version, digest, labels, space, population, classifier);
  }

  /**
   * Other weights behind the same version and digest: trained elsewhere, on rows in which one class
   * was far more common.
   */
  ServedModel swapped(int favoured, double excess, SplittableRandom random) {
    double[] weights = population.weights();
    for (int group = 0; group < weights.length; group++) {
      weights[group] *= population.classOf(group) == favoured ? excess : 1;
    }
    Population trainedOn = population.elsewhere(ELSEWHERE, random);
    Classifier other = fit(space, trainedOn, labels.size(), weights, random);
    return new ServedModel(name, version, digest, labels, space, population, other);
  }

  private static Classifier fit(
      FeatureSpace space,
      Population population,
      int classes,
      double[] weights,
      SplittableRandom random) {
    List<double[]> rows = new ArrayList<>();
    List<double[]> targets = new ArrayList<>();
    for (int i = 0; i < TRAINING_ROWS; i++) {
      int group = Draws.index(weights, random);
      rows.add(population.drawFrom(group, random));
      double[] target = new double[classes];
      boolean wrong = random.nextDouble() < MISLABELLED;
      target[wrong ? random.nextInt(classes) : population.classOf(group)] = 1;
      targets.add(target);
    }
    return Classifier.train(space, rows, targets, HIDDEN, EPOCHS, random);
  }
}
