package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.budget.ShiryaevRoberts;
import io.inferwarden.detectors.evidence.NegativeBinomialRate;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many principals asked a model for the first time, hour by hour, and the evidence that there
 * are too many.
 *
 * <p>Null hypothesis: an hour's count is negative binomial with a mean of at most {@code mu} and a
 * size of at least {@code r}; see {@link NegativeBinomialRate} for the ratio and the proof. {@code
 * mu} is the greater of two: what is usual, and the floor, a rate that would not fill the table
 * within a week and so harms nobody. Usual is at first that all principals whom the baseline
 * expects in a week come within one hour, as they do when a baseline is promoted or an instance
 * begins anew; after two days it is what the second shows by {@link RateBaseline#learn}. An hour
 * that alarmed is left out of that, and a count enters it as at most what was usual until then, so
 * that a flood does not become the norm. {@code r} is 1, as of hours that vary like an exponential,
 * or what was learned where that is less; under a mean that the floor has lifted the learned
 * variance is kept, not the learned size. A new baseline, which only a person promotes, begins the
 * learning anew.
 *
 * <p>Judged before the hour is over, too: the ratio grows with the count, so whoever alarms on a
 * part would alarm on the whole.
 */
final class NewNames {
  static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private static final double[] MULTIPLIERS = {2, 3, 5, 10, 30, 100};
  private static final double MOST_SIZE = 1;

  /** At first all names are new, which says nothing of how many will be. */
  private static final int SETTLING_HOURS = 24;

  private static final int LEARNED_HOURS = 24;
  private static final long LEFT_OUT = -1;

  /** After so long a silence there is no evidence left of what was before. */
  private static final long MOST_HOURS_PASSED = 7 * 24L;

  /** An alarm: its level and the count and the rate behind it. */
  record Flood(double level, long names, double usualPerHour, double spend) {}

  private final double floor;
  private final double[] evidence = new double[MULTIPLIERS.length];
  private String baselineId = "";
  private long @Nullable [] learning;
  private @Nullable RateBaseline learned;
  private long firstHourMillis = Long.MIN_VALUE;
  private long hourMillis = Long.MIN_VALUE;
  private long names;
  private boolean raised;
  private @Nullable Flood untold;
  private long usualUntilMillis;
  private double namesPerWeek = 1;
  private double spend;
  private double granted;

  /**
   * @param floor names an hour that harm nobody, above 0
   */
  NewNames(double floor) {
    if (!(floor > 0)) {
      throw new IllegalArgumentException("floor must be > 0, was " + floor);
    }
    this.floor = floor;
  }

  /** Counts a name. */
  void add(long timeMillis, Tracking tracking) {
    if (hourMillis == Long.MIN_VALUE) {
      hourMillis = hourOf(timeMillis);
      usualUntilMillis = timeMillis;
    }
    passTo(hourOf(timeMillis));
    if (!tracking.baselineId().equals(baselineId)) {
      baselineId = tracking.baselineId();
      firstHourMillis = hourMillis;
      learning = new long[LEARNED_HOURS];
      learned = null;
    }
    namesPerWeek = tracking.namesPerWeek();
    spend = tracking.spendPerHour();
    names++;
  }

  /** The alarm of the hour that goes on, or of one that ended since the last look; or null. */
  @Nullable Flood look(long nowMillis) {
    if (hourMillis == Long.MIN_VALUE) {
      return null;
    }
    passTo(hourOf(nowMillis));
    Flood missed = untold;
    if (missed != null || raised) {
      untold = null;
      return missed;
    }
    double level = 0;
    for (int j = 0; j < MULTIPLIERS.length; j++) {
      level += stepped(j) / MULTIPLIERS.length;
    }
    if (level <= granted + spend) {
      usualUntilMillis = Math.max(usualUntilMillis, nowMillis);
    }
    return level >= ShiryaevRoberts.ALARM ? raise(level) : null;
  }

  /** When there was last no more evidence than was granted; milliseconds since the epoch. */
  long usualUntilMillis() {
    return usualUntilMillis;
  }

  private void passTo(long toMillis) {
    if (toMillis - hourMillis > MOST_HOURS_PASSED * HOUR_MILLIS) {
      endHour();
      Arrays.fill(evidence, ShiryaevRoberts.RESTART);
      granted = 0;
      hourMillis = toMillis;
    }
    while (hourMillis < toMillis) {
      endHour();
    }
  }

  private void endHour() {
    if (!raised) {
      double level = 0;
      for (int j = 0; j < MULTIPLIERS.length; j++) {
        evidence[j] = stepped(j);
        level += evidence[j] / MULTIPLIERS.length;
      }
      if (level >= ShiryaevRoberts.ALARM) {
        untold = raise(level);
      }
    }
    granted += spend;
    learn();
    hourMillis += HOUR_MILLIS;
    names = 0;
    raised = false;
  }

  private double stepped(int j) {
    double ratio = NegativeBinomialRate.logLikelihoodRatio(names, mean(), size(), MULTIPLIERS[j]);
    return ShiryaevRoberts.step(evidence[j], spend, ratio);
  }

  private Flood raise(double level) {
    Arrays.fill(evidence, ShiryaevRoberts.RESTART);
    granted = 0;
    raised = true;
    return new Flood(level, names, mean(), spend);
  }

  private void learn() {
    long[] counts = learning;
    long index = (hourMillis - firstHourMillis) / HOUR_MILLIS - SETTLING_HOURS;
    if (counts == null || index < 0) {
      return;
    }
    if (index < LEARNED_HOURS) {
      counts[(int) index] = raised ? LEFT_OUT : Math.min(names, (long) Math.ceil(mean()));
    }
    if (index >= LEARNED_HOURS - 1) {
      learned = RateBaseline.learn(byHour(counts), HOUR_MILLIS).orElse(null);
      learning = null;
    }
  }

  /** The counts by hour; the mean of the others stands for an hour that was left out. */
  private SortedMap<Long, Long> byHour(long[] counts) {
    long sum = 0;
    int kept = 0;
    for (long count : counts) {
      sum += count == LEFT_OUT ? 0 : count;
      kept += count == LEFT_OUT ? 0 : 1;
    }
    SortedMap<Long, Long> byHour = new TreeMap<>();
    for (int i = 0; i < LEARNED_HOURS; i++) {
      long count = counts[i] == LEFT_OUT ? sum / Math.max(1, kept) : counts[i];
      byHour.put(firstHourMillis + (SETTLING_HOURS + i) * HOUR_MILLIS, count);
    }
    return byHour;
  }

  private double mean() {
    RateBaseline known = learned;
    double usual = known == null ? namesPerWeek : known.upperMean(hourOfDay(hourMillis));
    return Math.max(floor, usual);
  }

  private double size() {
    RateBaseline known = learned;
    if (known == null) {
      return MOST_SIZE;
    }
    double lifted = mean() / known.upperMean(hourOfDay(hourMillis));
    return Math.min(MOST_SIZE, known.size() * lifted * lifted);
  }

  private static long hourOf(long timeMillis) {
    return Math.floorDiv(timeMillis, HOUR_MILLIS) * HOUR_MILLIS;
  }

  private static int hourOfDay(long hourMillis) {
    return (int) Math.floorMod(hourMillis / HOUR_MILLIS, 24L);
  }

  static final StateCodec<NewNames> CODEC =
      new StateCodec<>() {
        @Override
        public void write(NewNames state, StateWriter out) {
          out.writeDouble(state.floor).writeDoubles(state.evidence).writeString(state.baselineId);
          out.writeLong(state.firstHourMillis).writeLong(state.hourMillis).writeLong(state.names);
          out.writeBoolean(state.raised).writeLong(state.usualUntilMillis);
          out.writeDouble(state.namesPerWeek).writeDouble(state.spend);
          out.writeDouble(state.granted);
          Flood flood = state.untold;
          out.writeBoolean(flood != null);
          if (flood != null) {
            out.writeDouble(flood.level).writeLong(flood.names);
            out.writeDouble(flood.usualPerHour).writeDouble(flood.spend);
          }
          long[] counts = state.learning;
          out.writeBoolean(counts != null);
          for (int i = 0; counts != null && i < LEARNED_HOURS; i++) {
            out.writeLong(counts[i]);
          }
          RateBaseline known = state.learned;
          out.writeBoolean(known != null);
          if (known != null) {
            known.writeTo(out);
          }
        }

        @Override
        public NewNames read(StateReader in) {
          NewNames state = new NewNames(in.readDouble());
          System.arraycopy(in.readDoubles(), 0, state.evidence, 0, MULTIPLIERS.length);
          state.baselineId = in.readString();
          state.firstHourMillis = in.readLong();
          state.hourMillis = in.readLong();
          state.names = in.readLong();
          state.raised = in.readBoolean();
          state.usualUntilMillis = in.readLong();
          state.namesPerWeek = in.readDouble();
          state.spend = in.readDouble();
          state.granted = in.readDouble();
          state.untold =
              in.readBoolean()
                  ? new Flood(in.readDouble(), in.readLong(), in.readDouble(), in.readDouble())
                  : null;
          long[] counts = in.readBoolean() ? new long[LEARNED_HOURS] : null;
          for (int i = 0; counts != null && i < LEARNED_HOURS; i++) {
            counts[i] = in.readLong();
          }
          state.learning = counts;
          state.learned = in.readBoolean() ? RateBaseline.readFrom(in) : null;
          return state;
        }
      };
}
