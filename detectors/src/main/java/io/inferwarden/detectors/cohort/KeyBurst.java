package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * Whether new accounts take up one piece of wording in a burst.
 *
 * <p>Null hypothesis: the adopters of the wording come in exchangeable order among the new accounts
 * of the model, so that after {@code s} adopters among {@code n} new accounts the next one adopts
 * with probability {@code p0 = (s + 1) / (n + 2)}, the urn with a uniform prior. In a burst a share
 * {@code q} of consecutive new accounts adopts it. For {@code q} of 0.15, 0.4 and 0.8, at each new
 * account,
 *
 * <pre>{@code
 * M_q <- (M_q + spend) * (adopts ? q / p0 : (1 - q) / (1 - p0))   when p0 < q
 * M_q <- (M_q + spend)                                            when p0 >= q
 * }</pre>
 *
 * and the key alarms when an account adopts and the mean of the three is 1 or more. Each factor has
 * expectation 1 given the past, so the mean number of false alarms is at most the spend granted. It
 * stays at most 1 when the wording is adopted with any smaller probability than {@code p0}.
 *
 * <p>{@code n} counts the new accounts since the first adopter, and at most {@value #MEMORY_TICKS}
 * before it: for so long the table of keys vouches that nobody adopted it. The first adopter is
 * spent on finding the key. A stretch without adopters is cut at {@value #LONGEST_STRETCH}
 * accounts.
 *
 * <p>Two departures from the study this comes from ({@code chat_evidence.py}): it counts all
 * accounts since the stream began, where a year would make every new template a burst; and it bets
 * on {@code q} below {@code p0} too, where a template that was popular, fades and comes back
 * alarms.
 */
final class KeyBurst {
  /** New accounts before the first adopter that count as having declined the key. */
  static final int MEMORY_TICKS = 256;

  private static final int LONGEST_STRETCH = 200;
  private static final double[] SHARES = {.15, .4, .8};

  private final int countedFrom;
  private final double[] martingales = new double[SHARES.length];
  private int adopters = 1;
  private int tick;

  /**
   * @param tick number of new accounts so far, the first adopter included, &gt; 0
   */
  KeyBurst(int tick) {
    this(Math.max(0, tick - MEMORY_TICKS), tick);
  }

  private KeyBurst(int countedFrom, int tick) {
    this.countedFrom = countedFrom;
    this.tick = tick;
  }

  /**
   * The account at {@code now} adopts the key; those since the last adopter did not.
   *
   * @param now number of new accounts so far, this one included; above that of the last adopter
   * @param spend false alarms this key may cost at each new account, &gt;= 0
   */
  void adopt(int now, double spend) {
    for (int at = Math.max(tick + 1, now - LONGEST_STRETCH); at < now; at++) {
      step(at, false, spend);
    }
    step(now, true, spend);
    adopters++;
    tick = now;
  }

  private void step(int at, boolean adopts, double spend) {
    double expected = (adopters + 1.0) / (at - countedFrom + 1);
    for (int i = 0; i < SHARES.length; i++) {
      double share = SHARES[i];
      double ratio =
          expected >= share ? 1 : adopts ? share / expected : (1 - share) / (1 - expected);
      martingales[i] = (martingales[i] + spend) * ratio;
    }
  }

  /** The mean of the martingales at the last adopter: 1 or more is an alarm. */
  double level() {
    double sum = 0;
    for (double martingale : martingales) {
      sum += martingale;
    }
    return sum / martingales.length;
  }

  /** Number of adopters since the first, that one included. */
  int adopters() {
    return adopters;
  }

  void writeTo(StateWriter writer) {
    writer.writeInt(countedFrom).writeInt(tick).writeInt(adopters);
    for (double martingale : martingales) {
      writer.writeDouble(martingale);
    }
  }

  static KeyBurst readFrom(StateReader reader) {
    KeyBurst burst = new KeyBurst(reader.readInt(), reader.readInt());
    burst.adopters = reader.readInt();
    for (int i = 0; i < SHARES.length; i++) {
      burst.martingales[i] = reader.readDouble();
    }
    return burst;
  }
}
