package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evidence that some of the accounts of one network prefix are not honest users of a model.
 *
 * <p>Null hypothesis: all are honest, and independent given the baseline. With {@code E_i} the
 * evidence of account {@code i}, an e-process such as that of the principal detector,
 *
 * <pre>S = sum_i ln((1 + E_i) / 2)</pre>
 *
 * is the log of an e-process: each factor is the mean of 1 and {@code E_i}, "some take part, some
 * do not". It alarms at {@code S >= ln(principals / alpha)}, which by Ville's inequality happens by
 * chance with probability {@code alpha / principals} at most, in a cohort of two accounts or more.
 * A pooled urn of the prefix would be wrong: people who take turns behind one address are not
 * exchangeable.
 *
 * <p>Naming. In an alarmed cohort of {@code m} accounts the {@code k} best are named whose evidence
 * is at least {@code m / (0.05 k)}, the e-BH rule (Wang and Ramdas, doi:10.1111/rssb.12489): at
 * most 5 % of the named are expected to be honest. It is a false discovery rate, not a spend of the
 * alarm budget.
 *
 * <p>Bounds. The evidence of the {@value #MAXIMUM_KEPT} accounts with the most is kept; any other
 * account counts with {@code E = 0}. That only loses power: {@code (1 + E) / 2 >= 1 / 2} for every
 * {@code E}, so what is kept is a lower bound of {@code S} at all times, and every alarm of it is
 * one of the full sum; in e-BH an account counted as 0 stays in {@code m} and is never named. The
 * same holds for evidence that is rounded down: where reports come at steps, report the lower end
 * of the step.
 *
 * <p>An account that was accused keeps the evidence it had then: a value at a stopping time stays
 * valid, whatever its own evidence does after a restart.
 *
 * <p>Mutable, not thread-safe, deterministic. Cost of a report: one pass over the kept accounts.
 */
public final class PrefixCohort {
  /** Accounts whose evidence is kept. */
  public static final int MAXIMUM_KEPT = 256;

  private static final int VERSION = 1;
  private static final double FALSE_DISCOVERY_RATE = .05;
  private static final double LOG_HALF = -Math.log(2);

  private final TreeMap<String, Double> kept = new TreeMap<>();
  private final Set<String> accused = new HashSet<>();
  private long accounts;
  private double keptSum;
  private boolean alarmed;
  private double bar = Double.POSITIVE_INFINITY;

  /** An account was seen for the first time. Call once for each, before it reports. */
  public void meet() {
    accounts++;
    if (alarmed) {
      bar = eBenjaminiHochberg();
    }
  }

  /**
   * Takes the evidence that an account has by now.
   *
   * @param account its name
   * @param logEvidence {@code ln E_i}; negative infinity is no evidence
   * @param alarmBar {@code ln(principals / alpha)}
   * @return whether the cohort alarms now, for the first time
   */
  public boolean report(String account, double logEvidence, double alarmBar) {
    if (Double.isNaN(logEvidence)) {
      throw new IllegalArgumentException("logEvidence must be a number, was NaN");
    }
    if (!(alarmBar > 0)) {
      throw new IllegalArgumentException("alarmBar must be > 0, was " + alarmBar);
    }
    if (accused.contains(account)) {
      return false;
    }
    remember(account, logEvidence);
    boolean alarms = !alarmed && accounts > 1 && logEvidence() >= alarmBar;
    alarmed |= alarms;
    if (alarmed) {
      bar = eBenjaminiHochberg();
    }
    return alarms;
  }

  private void remember(String account, double logEvidence) {
    Double before = kept.remove(account);
    if (before != null) {
      keptSum -= gain(before);
    } else if (kept.size() == MAXIMUM_KEPT) {
      Map.Entry<String, Double> least = least();
      if (least.getValue() >= logEvidence) {
        return;
      }
      keptSum -= gain(least.getValue());
      kept.remove(least.getKey());
      accused.remove(least.getKey());
    }
    kept.put(account, logEvidence);
    keptSum += gain(logEvidence);
  }

  private Map.Entry<String, Double> least() {
    Map.Entry<String, Double> least = kept.firstEntry();
    for (Map.Entry<String, Double> entry : kept.entrySet()) {
      if (entry.getValue() < least.getValue()) {
        least = entry;
      }
    }
    return least;
  }

  /** {@code ln((1 + E) / 2)}. */
  private static double gain(double logEvidence) {
    return Math.max(0, logEvidence) + Math.log1p(Math.exp(-Math.abs(logEvidence))) + LOG_HALF;
  }

  /** The account was accused: it keeps the evidence that it has reported last. */
  public void accuse(String account) {
    if (kept.containsKey(account)) {
      accused.add(account);
    }
  }

  /** {@code S}: larger is more evidence; 0 without accounts. */
  public double logEvidence() {
    return keptSum + LOG_HALF * Math.max(0, accounts - kept.size());
  }

  /** Number of accounts met. */
  public long accounts() {
    return accounts;
  }

  /** Whether the cohort has alarmed. */
  public boolean alarmed() {
    return alarmed;
  }

  /**
   * What the log evidence of one of the accounts has to reach to be named; positive infinity when
   * the cohort has not alarmed, or nobody stands out.
   */
  public double bar() {
    return bar;
  }

  private double eBenjaminiHochberg() {
    double[] ranked = kept.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    for (int k = ranked.length; k > 0; k--) {
      double least = Math.log(accounts / (FALSE_DISCOVERY_RATE * k));
      if (ranked[ranked.length - k] >= least) {
        return least;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeLong(accounts).writeBoolean(alarmed).writeDouble(bar);
    writer.writeDouble(keptSum).writeInt(kept.size());
    kept.forEach(
        (account, logEvidence) ->
            writer
                .writeString(account)
                .writeDouble(logEvidence)
                .writeBoolean(accused.contains(account)));
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of another version
   */
  public static PrefixCohort readFrom(StateReader reader) {
    Versions.require(VERSION, reader.readByte());
    PrefixCohort cohort = new PrefixCohort();
    cohort.accounts = reader.readLong();
    cohort.alarmed = reader.readBoolean();
    cohort.bar = reader.readDouble();
    cohort.keptSum = reader.readDouble();
    for (int left = reader.readInt(); left > 0; left--) {
      String account = reader.readString();
      cohort.kept.put(account, reader.readDouble());
      if (reader.readBoolean()) {
        cohort.accused.add(account);
      }
    }
    return cohort;
  }
}
