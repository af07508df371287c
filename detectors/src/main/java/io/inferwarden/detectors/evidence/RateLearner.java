package io.inferwarden.detectors.evidence;

import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.math3.special.Gamma;

/**
 * Learns a rate by hour of day.
 *
 * <p>The mean of an hour is a kernel-weighted mean over the panes of near hours; the kernel's width
 * is the one that predicts each learning day best from the others, and it must beat a flat day by 3
 * nats. The dispersion {@code 1/r} is the method of moments on those held-out predictions, {@code
 * sum ((C - mu)^2 - mu) / sum mu^2}, shrunk towards 0.05 with the weight of 10 panes, plus 1.64
 * standard errors: it holds the error of the profile too. The bound of a mean is two standard
 * errors of the weighted mean, on the log scale.
 */
final class RateLearner {
  private static final double FLAT = Double.POSITIVE_INFINITY;
  private static final double[] BANDWIDTHS = {.3, 1, 2, 3.5};
  private static final double GAIN_NATS = 3;
  private static final double[] TRIED_DISPERSIONS = {.001, .01, .03, .1, .3, 1, 3};
  private static final double PRIOR_DISPERSION = .05;
  private static final double PRIOR_PANES = 10;
  private static final double DISPERSION_ERRORS = 1.64;
  private static final double MEAN_ERRORS = 2;

  /** Events that are added to the weighted sum of an hour, so that no mean is 0. */
  private static final double PRIOR_EVENTS = .5;

  private static final int LEAST_PANES = 12;
  private static final int MOST_PANES = 200_000;
  private static final long DAY_MILLIS = 86_400_000;

  private final long[] counts;
  private final int[] hours;
  private final int[] days;

  private RateLearner(long[] counts, int[] hours, int[] days) {
    this.counts = counts;
    this.hours = hours;
    this.days = days;
  }

  static Optional<RateBaseline> learn(SortedMap<Long, Long> eventsPerPane, long paneMillis) {
    if (eventsPerPane.isEmpty()) {
      return Optional.empty();
    }
    long first = eventsPerPane.firstKey();
    long panes = (eventsPerPane.lastKey() - first) / paneMillis + 1;
    boolean hasEvents = eventsPerPane.values().stream().anyMatch(events -> events > 0);
    if (panes < LEAST_PANES || panes * paneMillis < DAY_MILLIS || !hasEvents) {
      return Optional.empty();
    }
    if (panes > MOST_PANES) {
      throw new IllegalArgumentException("panes must be <= " + MOST_PANES + ", was " + panes);
    }
    long[] counts = new long[(int) panes];
    int[] hours = new int[counts.length];
    int[] days = new int[counts.length];
    for (int w = 0; w < counts.length; w++) {
      long start = first + w * paneMillis;
      counts[w] = eventsPerPane.getOrDefault(start, 0L);
      hours[w] = RateBaseline.hourOfDay(start);
      days[w] = (int) ((start - first) / DAY_MILLIS);
    }
    return Optional.of(new RateLearner(counts, hours, days).learn());
  }

  private RateBaseline learn() {
    double bandwidth = FLAT;
    if (days[days.length - 1] > 0) {
      double best = fit(heldOut(FLAT));
      for (double tried : BANDWIDTHS) {
        double fit = fit(heldOut(tried)) - GAIN_NATS;
        if (fit > best) {
          best = fit;
          bandwidth = tried;
        }
      }
    }
    double dispersion = dispersion(heldOut(bandwidth));
    double[] mean = new double[RateBaseline.HOURS];
    double[] error = new double[RateBaseline.HOURS];
    for (int h = 0; h < mean.length; h++) {
      mean[h] = mean(h, bandwidth, -1);
      double panes = effectivePanes(h, bandwidth);
      error[h] = MEAN_ERRORS * Math.sqrt((1 / mean[h] + dispersion) / panes);
    }
    return new RateBaseline(mean, error, 1 / dispersion);
  }

  /** Each pane's mean as the other days predict it; a single day predicts itself. */
  private double[] heldOut(double bandwidth) {
    boolean single = days[days.length - 1] == 0;
    double[] predicted = new double[counts.length];
    double[] ofHour = new double[RateBaseline.HOURS];
    int day = -1;
    for (int w = 0; w < counts.length; w++) {
      if (days[w] != day) {
        day = days[w];
        for (int h = 0; h < ofHour.length; h++) {
          ofHour[h] = mean(h, bandwidth, single ? -1 : day);
        }
      }
      predicted[w] = ofHour[hours[w]];
    }
    return predicted;
  }

  private double mean(int hour, double bandwidth, int withoutDay) {
    double events = 0;
    double weights = 0;
    for (int w = 0; w < counts.length; w++) {
      if (days[w] != withoutDay) {
        double weight = weight(hour, hours[w], bandwidth);
        events += weight * counts[w];
        weights += weight;
      }
    }
    return (events + PRIOR_EVENTS * weight(0, 0, bandwidth)) / weights;
  }

  private double effectivePanes(int hour, double bandwidth) {
    double sum = 0;
    double squares = 0;
    for (int each : hours) {
      double weight = weight(hour, each, bandwidth);
      sum += weight;
      squares += weight * weight;
    }
    return sum * sum / squares;
  }

  private static double weight(int hour, int other, double bandwidth) {
    int gap = Math.abs(hour - other);
    double distance = Math.min(gap, RateBaseline.HOURS - gap) / bandwidth;
    return Math.exp(-.5 * distance * distance);
  }

  /** The best log likelihood over the tried dispersions. */
  private double fit(double[] means) {
    double best = Double.NEGATIVE_INFINITY;
    for (double dispersion : TRIED_DISPERSIONS) {
      double size = 1 / dispersion;
      double fit = 0;
      for (int w = 0; w < counts.length; w++) {
        fit += logProbability(counts[w], means[w], size);
      }
      best = Math.max(best, fit);
    }
    return best;
  }

  /** Negative binomial log probability, without the term in the count alone. */
  private static double logProbability(long count, double mean, double size) {
    return Gamma.logGamma(size + count)
        - Gamma.logGamma(size)
        + size * Math.log(size / (size + mean))
        + count * Math.log(mean / (size + mean));
  }

  /** Upper confidence bound of {@code 1/r}. */
  private double dispersion(double[] means) {
    double excess = 0;
    double squares = 0;
    for (int w = 0; w < counts.length; w++) {
      excess += excess(counts[w], means[w]);
      squares += means[w] * means[w];
    }
    double moment = excess / squares;
    double variance = 0;
    for (int w = 0; w < counts.length; w++) {
      double off = excess(counts[w], means[w]) - moment * means[w] * means[w];
      variance += off * off;
    }
    double shrunk =
        (counts.length * Math.max(moment, 0) + PRIOR_PANES * PRIOR_DISPERSION)
            / (counts.length + PRIOR_PANES);
    return shrunk + DISPERSION_ERRORS * Math.sqrt(variance) / squares;
  }

  private static double excess(long count, double mean) {
    return (count - mean) * (count - mean) - mean;
  }
}
