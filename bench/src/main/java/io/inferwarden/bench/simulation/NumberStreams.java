package io.inferwarden.bench.simulation;

import java.util.Arrays;

/** Streams of one numeric feature, or of several, whose law does not change. */
final class NumberStreams {
  private static final int HOURS = 24;

  private NumberStreams() {}

  /** What the mean of a pane is. */
  @FunctionalInterface
  private interface Mean {
    double of(int pane);
  }

  private static PaneSource around(StreamRandom random, Mean mean) {
    return (start, pane, events) -> {
      double[] values = random.normals(events);
      double centre = mean.of(pane);
      for (int i = 0; i < events; i++) {
        values[i] += centre;
      }
      return Pane.of(start, new Column.Numbers(values));
    };
  }

  static PaneSource normals(StreamRandom random) {
    return around(random, pane -> 0);
  }

  static PaneSource smoothSeason(StreamRandom random) {
    return around(random, pane -> .6 * Math.cos(2 * Math.PI * (pane % HOURS - 3) / HOURS));
  }

  static PaneSource officeHours(StreamRandom random) {
    return around(random, pane -> isOffice(pane) ? .8 : 0);
  }

  /** Office hours from Monday to Friday; the first pane is Monday's first hour. */
  static PaneSource officeWeek(StreamRandom random) {
    return around(random, pane -> isOffice(pane) && pane / HOURS % 7 < 5 ? .8 : 0);
  }

  private static boolean isOffice(int pane) {
    return pane % HOURS >= 9 && pane % HOURS < 17;
  }

  /** Nine zeros in ten, else a rounded exponential of mean 3. */
  static PaneSource ties(StreamRandom random) {
    return (start, pane, events) -> {
      double[] values = new double[events];
      for (int i = 0; i < events; i++) {
        values[i] = random.uniform() < .9 ? 0 : Math.rint(random.exponential(3));
      }
      return Pane.of(start, new Column.Numbers(values));
    };
  }

  /** Student's t of 2 degrees of freedom: no variance. */
  static PaneSource heavyTails(StreamRandom random) {
    return (start, pane, events) -> {
      double[] values = random.normals(events);
      for (int i = 0; i < events; i++) {
        values[i] /= Math.sqrt(random.exponential(1));
      }
      return Pane.of(start, new Column.Numbers(values));
    };
  }

  /**
   * Panes that resemble their neighbours: the mean is an autoregression of standard deviation
   * {@code spread} with this correlation from pane to pane, and starts settled or at 0.
   */
  static PaneSource.Factory wander(double spread, double correlation, boolean startsSettled) {
    return random -> {
      double[] state = {startsSettled ? random.normal() * spread : 0};
      double step = spread * Math.sqrt(1 - correlation * correlation);
      return around(
          random,
          pane -> {
            state[0] = correlation * state[0] + random.normal() * step;
            return state[0];
          });
    };
  }

  /**
   * Pane means that vary independently, so that the mean of a pane of 25 events has {@code
   * designEffect} times the variance that its events alone would give it.
   */
  static PaneSource.Factory designEffect(double designEffect) {
    double spread = Math.sqrt((designEffect - 1) / 25);
    return random -> around(random, pane -> random.normal() * spread);
  }

  /** Every row comes geometrically often, 3 times on average, each run from its own principal. */
  static PaneSource sessions(StreamRandom random) {
    return (start, pane, events) -> {
      double[] values = new double[events];
      long[] principals = new long[events];
      int next = 0;
      while (next < events) {
        int end = Math.min(events, next + random.geometric(1 / 3.0));
        Arrays.fill(values, next, end, random.normal());
        Arrays.fill(principals, next, end, random.identity());
        next = end;
      }
      return Pane.of(start, principals, new Column.Numbers(values));
    };
  }

  /** Twelve principals ask all there is, the heaviest twelve times as often as the lightest. */
  static PaneSource heavyPrincipals(StreamRandom random) {
    double[] shares = new double[12];
    long[] names = new long[shares.length];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = (k + 1) / 78.0;
      names[k] = random.identity();
    }
    return (start, pane, events) -> {
      long[] principals = new long[events];
      for (int i = 0; i < events; i++) {
        principals[i] = names[random.choice(shares)];
      }
      return Pane.of(start, principals, new Column.Numbers(random.normals(events)));
    };
  }

  /** One value only, for two hours of the second day of learning. */
  static PaneSource outage(StreamRandom random) {
    return (start, pane, events) -> {
      double[] values = random.normals(events);
      if (pane >= 30 && pane < 32) {
        Arrays.fill(values, 5);
      }
      return Pane.of(start, new Column.Numbers(values));
    };
  }

  /** A shift of 0.03 standard deviations, too small to matter, twelve hours after learning. */
  static PaneSource tinyShift(StreamRandom random) {
    return around(random, pane -> pane >= 72 ? .03 : 0);
  }

  /** Features of one model with a common factor. */
  static PaneSource.Factory correlated(int features, double correlation) {
    return random ->
        (start, pane, events) -> {
          double[] common = random.normals(events);
          Column[] columns = new Column[features];
          for (int f = 0; f < features; f++) {
            double[] values = random.normals(events);
            for (int i = 0; i < events; i++) {
              values[i] =
                  values[i] * Math.sqrt(1 - correlation) + common[i] * Math.sqrt(correlation);
            }
            columns[f] = new Column.Numbers(values);
          }
          return Pane.of(start, columns);
        };
  }

  /** From pane {@code from} on, each event is lost with this probability. */
  static PaneSource.Factory losing(double share, int from, PaneSource.Factory whole) {
    return random -> {
      PaneSource source = whole.of(random);
      return (start, pane, events) -> {
        int kept = events;
        for (int i = 0; pane >= from && i < events; i++) {
          kept -= random.uniform() < share ? 1 : 0;
        }
        return source.draw(start, pane, kept);
      };
    };
  }
}
