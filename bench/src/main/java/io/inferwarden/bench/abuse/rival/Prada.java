package io.inferwarden.bench.abuse.rival;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * PRADA: are the distances between an account's queries normally distributed, as natural ones are?
 *
 * <p>For each predicted class a growing set of inputs, and of each new query the distance to the
 * nearest of them; it joins the set when that is above {@code max(T, mean - sd)} of the distances
 * of those that joined. At every tenth query, over the distances of classes with at least 10, less
 * those beyond 3 standard deviations, if more than 100 are left: suspicious is a small {@link
 * ShapiroWilk} W. Juuti, Szyller, Marchal and Asokan, EuroS&amp;P 2019, arXiv:1805.02628. Inputs
 * are compared as {@link InputVector}s, in standard deviations; an account's memory grows without
 * bound.
 */
public final class Prada implements AbuseRival {
  private static final int CHECK_EVERY = 10;
  private static final int FEWEST_OF_CLASS = 10;
  private static final int FEWEST = 100;
  private static final double OUTLIER = 3;

  private final InputVector.Columns columns;
  private final Map<String, KnownClass> classes = new HashMap<>();
  private int queries;

  private Prada(InputVector.Columns columns) {
    this.columns = columns;
  }

  /** Makes a detector for each account, with the columns and scales of these queries. */
  public static Supplier<AbuseRival> learn(List<? extends Observation> queries) {
    InputVector.Columns columns = new InputVector.Columns(queries);
    return () -> new Prada(columns);
  }

  /** The inputs that stand for a class, and the distances of its queries. */
  private static final class KnownClass {
    private final List<InputVector> members = new ArrayList<>();
    private final List<Double> distances = new ArrayList<>();
    private double joined = 1;
    private double sum;
    private double squares;
    private double threshold;

    void take(InputVector query) {
      if (members.isEmpty()) {
        members.add(query);
        return;
      }
      double nearest = Double.POSITIVE_INFINITY;
      for (InputVector member : members) {
        nearest = Math.min(nearest, query.squaredDistance(member));
      }
      double distance = Math.sqrt(nearest);
      distances.add(distance);
      if (distance > threshold) {
        members.add(query);
        joined++;
        sum += distance;
        squares += distance * distance;
        double mean = sum / joined;
        double deviation = Math.sqrt(Math.max(0, squares / joined - mean * mean));
        threshold = Math.max(threshold, mean - deviation);
      }
    }
  }

  @Override
  public double take(Observation query) {
    classes
        .computeIfAbsent(Objects.requireNonNullElse(query.label(), ""), label -> new KnownClass())
        .take(columns.vector(query));
    queries++;
    if (queries % CHECK_EVERY != 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] distances = withoutOutliers(distances());
    return distances.length > FEWEST ? -ShapiroWilk.statistic(distances) : Double.NEGATIVE_INFINITY;
  }

  private double[] distances() {
    return classes.values().stream()
        .filter(known -> known.distances.size() >= FEWEST_OF_CLASS)
        .flatMapToDouble(known -> known.distances.stream().mapToDouble(Double::doubleValue))
        .toArray();
  }

  private static double[] withoutOutliers(double[] values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    double reach = OUTLIER * Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    double[] kept = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (Math.abs(value - mean) <= reach) {
        kept[count++] = value;
      }
    }
    return java.util.Arrays.copyOf(kept, count);
  }
}
