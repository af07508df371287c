package io.inferwarden.app.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Natural inputs of a model: a mixture of groups. In a group the numbers are Gaussian and
 * correlated (three common factors and own noise), the categories have the group's own frequencies;
 * every group belongs to one class.
 */
final class Population {
  private static final int GROUPS_PER_CLASS = 2;
  private static final int FACTORS = 3;
  private static final double CLASS_SPREAD = .62;
  private static final double GROUP_SPREAD = .35;
  private static final double FACTOR_LOADING = .36;
  private static final double OWN_NOISE = .3;

  private final FeatureSpace space;
  private final List<Group> groups;
  private final double[] weights;

  private Population(FeatureSpace space, List<Group> groups, double[] weights) {
    this.space = space;
    this.groups = groups;
    this.weights = weights;
  }

  private static final class Group {
    final int label;
    final double[] mean;
    final double[][] loadings;
    final double[][] frequencies;

    Group(int label, double[] mean, double[][] loadings, double[][] frequencies) {
      this.label = label;
      this.mean = mean;
      this.loadings = loadings;
      this.frequencies = frequencies;
    }
  }

  static Population create(FeatureSpace space, int classes, SplittableRandom random) {
    List<Group> groups = new ArrayList<>();
    double[] weights = new double[classes * GROUPS_PER_CLASS];
    int numbers = space.numerics().size();
    for (int label = 0; label < classes; label++) {
      double[] centre = Draws.gaussians(numbers, CLASS_SPREAD, random);
      for (int g = 0; g < GROUPS_PER_CLASS; g++) {
        double[] mean = add(centre, Draws.gaussians(numbers, GROUP_SPREAD, random));
        weights[groups.size()] = .5 + random.nextDouble();
        groups.add(new Group(label, mean, loadings(numbers, random), frequencies(space, random)));
      }
    }
    return new Population(space, groups, weights);
  }

  private static double[][] loadings(int numbers, SplittableRandom random) {
    double[][] loadings = new double[FACTORS][];
    for (int f = 0; f < FACTORS; f++) {
      loadings[f] = Draws.gaussians(numbers, FACTOR_LOADING, random);
    }
    return loadings;
  }

  private static double[][] frequencies(FeatureSpace space, SplittableRandom random) {
    return space.categories().stream()
        .map(category -> uniform(category.values().size()))
        .map(even -> Draws.dirichlet(even, 3, random))
        .toArray(double[][]::new);
  }

  private static double[] uniform(int size) {
    double[] even = new double[size];
    Arrays.fill(even, 1.0 / size);
    return even;
  }

  private static double[] add(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  /**
   * Another population of the same kind of things: every group moved, its correlations its own, all
   * groups equally common.
   */
  Population elsewhere(double deviation, SplittableRandom random) {
    List<Group> moved = new ArrayList<>();
    for (Group group : groups) {
      double[] mean = add(group.mean, Draws.gaussians(group.mean.length, deviation, random));
      double[][] loadings = loadings(mean.length, random);
      moved.add(new Group(group.label, mean, loadings, frequencies(space, random)));
    }
    return new Population(space, moved, uniform(groups.size()));
  }

  /** How common the groups are; sums to any positive number. */
  double[] weights() {
    return weights.clone();
  }

  int classOf(int group) {
    return groups.get(group).label;
  }

  int drawGroup(double[] groupWeights, SplittableRandom random) {
    return Draws.index(groupWeights, random);
  }

  /** A row of anybody. */
  double[] draw(SplittableRandom random) {
    return drawFrom(drawGroup(weights, random), random);
  }

  /** A row of one group, as a client can send it. */
  double[] drawFrom(int group, SplittableRandom random) {
    Group of = groups.get(group);
    int numbers = of.mean.length;
    double[] row = new double[space.width()];
    double[] factors = Draws.gaussians(FACTORS, 1, random);
    for (int i = 0; i < numbers; i++) {
      row[i] = of.mean[i] + OWN_NOISE * random.nextGaussian();
      for (int f = 0; f < FACTORS; f++) {
        row[i] += factors[f] * of.loadings[f][i];
      }
      row[i] = Math.max(-FeatureSpace.REACH, Math.min(FeatureSpace.REACH, row[i]));
    }
    for (int i = 0; i < of.frequencies.length; i++) {
      row[numbers + i] = Draws.index(of.frequencies[i], random);
    }
    return space.snap(row);
  }
}
