package io.inferwarden.detectors.model;

import io.inferwarden.detectors.principal.Quantiles;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Bins of a number: below the learned range, cuts at quantiles with thin tails, values of their own
 * where they hold more than 3 % of the mass, above the range, missing.
 */
final class NumberBins implements SignalBins {
  private static final double[] LEVELS = {.01, .05, .2, .4, .6, .8, .95, .99};
  private static final double ATOM_SHARE = .03;

  /** Normal distribution function at 1. */
  private static final double UPPER_SIGMA = .8413447460685429;

  private static final MathContext SHOWN = new MathContext(6);

  private final double[] edges;

  private NumberBins(double[] edges) {
    this.edges = edges;
  }

  /** Learns the cuts of values of which at least one is given and none is NaN. */
  static NumberBins of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    TreeSet<Double> edges = new TreeSet<>();
    edges.add(sorted[0] + 0.0);
    edges.add(Math.nextUp(sorted[sorted.length - 1]));
    for (double level : LEVELS) {
      double quantile = sorted[(int) Math.rint(level * (sorted.length - 1))] + 0.0;
      edges.add(quantile);
      if (shareOf(quantile, sorted) > ATOM_SHARE) {
        edges.add(Math.nextUp(quantile));
      }
    }
    return new NumberBins(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double shareOf(double value, double[] sorted) {
    int equal = 0;
    for (double each : sorted) {
      if (each == value) {
        equal++;
      }
    }
    return (double) equal / sorted.length;
  }

  @Override
  public int size() {
    return edges.length + 2;
  }

  @Override
  public int bin(double number, @Nullable String word) {
    return Double.isNaN(number) ? missingBin() : Quantiles.binOf(edges, number);
  }

  @Override
  public boolean isWrongType(double number, @Nullable String word, int bin) {
    return word != null;
  }

  @Override
  public boolean isOrdered() {
    return true;
  }

  @Override
  public String binName(String signal, int bin) {
    if (bin == missingBin()) {
      return "missing";
    }
    if (bin == 0) {
      return "below " + shown(edges[0]) + " (never seen)";
    }
    if (bin == edges.length) {
      return "above " + shown(Math.nextDown(edges[edges.length - 1])) + " (never seen)";
    }
    double from = edges[bin - 1];
    double to = edges[bin];
    if (Math.nextUp(from) == to) {
      return signal + " = " + shown(from);
    }
    boolean followsAtom = bin > 1 && Math.nextUp(edges[bin - 2]) == from;
    return signal
        + (followsAtom ? " above " + shown(edges[bin - 2]) : " " + shown(from))
        + " to "
        + shown(to);
  }

  /**
   * Median of the values that are not missing, even within a bin; NaN when all are missing. Outside
   * the learned range it is that range's end.
   *
   * @param mass of every bin
   */
  double median(double[] mass) {
    double given = Vectors.sum(mass) - mass[missingBin()];
    if (!(given > 0)) {
      return Double.NaN;
    }
    double before = 0;
    for (int bin = 0; bin < edges.length; bin++) {
      if (before + mass[bin] >= given / 2) {
        if (bin == 0) {
          return edges[0];
        }
        double part = (given / 2 - before) / mass[bin];
        return edges[bin - 1] + part * (edges[bin] - edges[bin - 1]);
      }
      before += mass[bin];
    }
    return Math.nextDown(edges[edges.length - 1]);
  }

  /**
   * Standard deviation of a normal value with these probabilities: half of what lies between the
   * 16th and the 84th percentile, interpolated within bins. NaN where both fall on one value.
   */
  double deviation(double[] p) {
    double deviation = (quantile(p, UPPER_SIGMA) - quantile(p, 1 - UPPER_SIGMA)) / 2;
    return deviation > 0 && Double.isFinite(deviation) ? deviation : Double.NaN;
  }

  private double quantile(double[] p, double level) {
    double present = 1 - p[missingBin()];
    double below = p[0];
    for (int k = 1; k < edges.length; k++) {
      double beyond = below + p[k];
      if (beyond >= level * present) {
        double within = Math.max(0, (level * present - below) / p[k]);
        return edges[k - 1] + within * (edges[k] - edges[k - 1]);
      }
      below = beyond;
    }
    return edges[edges.length - 1];
  }

  @Override
  public double[] unseen() {
    return new double[size()];
  }

  @Override
  public void writeTo(StateWriter writer) {
    writer.writeBoolean(true).writeDoubles(edges);
  }

  static NumberBins readFrom(StateReader reader) {
    double[] edges = reader.readDoubles();
    for (int i = 0; i < edges.length; i++) {
      if (!(i == 0 || edges[i] > edges[i - 1])) {
        throw new IllegalArgumentException("edges must increase, was " + Arrays.toString(edges));
      }
    }
    return new NumberBins(edges);
  }

  private static String shown(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    BigDecimal rounded = new BigDecimal(value, SHOWN).stripTrailingZeros();
    return Math.abs(rounded.precision() - rounded.scale()) > 12
        ? rounded.toString()
        : rounded.toPlainString();
  }
}
