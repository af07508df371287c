package io.inferwarden.detectors.principal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the marks of a principal look like: a kind of abuse, and sentences about it.
 *
 * <p>The kinds are told apart by the geometry of the inputs. Fuzzing leaves the range of the
 * features. A search for one input (evasion, inversion) stays around a point: evasion crosses the
 * boundary or lowers the score of a label, inversion raises that of one label. Membership probing
 * works around many points, without crossing boundaries. All else is extraction, the broadest.
 */
final class BehaviourReading {
  private static final double ODD_SHARE = 1 / 8.0;
  private static final double GROUPED_SHARE = 0.4;
  private static final double ONE_LABEL_SHARE = 0.9;
  private static final double NOTABLE_NEAR_SHARE = 0.05;
  private static final double NOTABLE_REPEAT_SHARE = 0.25;
  private static final int FEWEST = 2;
  private static final int NOTABLE_CHAIN = 5;
  private static final int NOTABLE_HOURS = 23;
  private static final int NOTABLE_EVENTS = 200;

  /** Below this the gaps are those of a clock: 20 % of jitter gives 0.05. */
  private static final double CLOCKWORK = 0.05;

  private final PrincipalBaseline baseline;
  private final PrincipalState state;
  private final double inputs;

  BehaviourReading(PrincipalBaseline baseline, PrincipalState state) {
    this.baseline = baseline;
    this.state = state;
    this.inputs = recentInputs();
  }

  /** Distinct inputs that recent counts hold; the last ones count most. */
  private double recentInputs() {
    double most = 0;
    int offset = 0;
    for (SignalUrn urn : baseline.urns()) {
      double sum = 0;
      for (int bin = 0; bin < urn.bins(); bin++) {
        sum += fast(offset + bin);
      }
      most = Math.max(most, sum);
      offset += urn.bins();
    }
    return most;
  }

  private double fast(int bin) {
    return state.fast(bin) / (double) PrincipalState.FAST_UNITS;
  }

  AbuseKind kind() {
    if (isOften(BehaviourMarks.outside(state), ODD_SHARE)) {
      return AbuseKind.FUZZING;
    }
    boolean isLocal = isOften(BehaviourMarks.local(state), ODD_SHARE);
    boolean isGrouped = isOften(BehaviourMarks.grouped(state), GROUPED_SHARE);
    if ((isLocal || isGrouped) && climbsToOneLabel()) {
      return AbuseKind.INVERSION;
    }
    if (isLocal) {
      return AbuseKind.EVASION;
    }
    if (isGrouped && BehaviourMarks.flips(state) <= BehaviourMarks.grouped(state) / 4) {
      return AbuseKind.MEMBERSHIP_PROBING;
    }
    return state.isLevelGranted() && isClockwork() ? AbuseKind.SCRIPTED_USE : AbuseKind.EXTRACTION;
  }

  private boolean isOften(double count, double share) {
    return count >= FEWEST && count >= share * inputs;
  }

  /** Whether scores rise in chains without flips, or one label has long been raised to the top. */
  private boolean climbsToOneLabel() {
    double climbs = BehaviourMarks.climbs(state);
    double falls = BehaviourMarks.falls(state);
    if (BehaviourMarks.flips(state) > inputs / 8) {
      return false;
    }
    boolean isClimbing = climbs >= inputs / 4 && climbs >= 2 * falls;
    boolean isAtTheTop = falls <= inputs / 8 && confident() >= inputs / 2;
    return isClimbing || (isAtTheTop && largestLabel() >= ONE_LABEL_SHARE * inputs);
  }

  /** Recent inputs with a margin among the highest eighth of honest ones. */
  private double confident() {
    int offset = offsetOf(SignalKind.MARGIN);
    if (offset < 0) {
      return 0;
    }
    double sum = 0;
    for (int bin = 0; bin <= SignalCuts.TAIL.length; bin++) {
      boolean isHigh = bin > 0 && SignalCuts.TAIL[bin - 1] >= 1 - ODD_SHARE;
      sum += isHigh ? fast(offset + bin) : 0;
    }
    return sum;
  }

  private double largestLabel() {
    int bin = largestLabelBin();
    return bin < 0 ? 0 : fast(bin);
  }

  private int largestLabelBin() {
    int offset = offsetOf(SignalKind.LABEL);
    int largest = offset;
    for (int i = 1; offset >= 0 && i < baseline.urns().get(0).bins(); i++) {
      largest = state.fast(offset + i) > state.fast(largest) ? offset + i : largest;
    }
    return largest;
  }

  private int offsetOf(SignalKind kind) {
    int offset = 0;
    for (SignalUrn urn : baseline.urns()) {
      if (urn.kind() == kind) {
        return offset;
      }
      offset += urn.bins();
    }
    return -1;
  }

  private boolean isClockwork() {
    return BehaviourMarks.localVariation(state) <= CLOCKWORK;
  }

  /** What is remarkable about how the principal works, in plain sentences; may be empty. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    tell(
        sentences,
        BehaviourMarks.near(state),
        NOTABLE_NEAR_SHARE,
        "lay closer to an earlier one than 99 % of honest inputs do");
    tell(
        sentences,
        BehaviourMarks.local(state),
        ODD_SHARE,
        "lay around one point, close to at least half of those before");
    tell(
        sentences,
        BehaviourMarks.grouped(state),
        GROUPED_SHARE,
        "lay in groups, close to two or more of those before but not to most");
    tellOfChains(sentences);
    tell(
        sentences,
        BehaviourMarks.outside(state),
        ODD_SHARE,
        "had values that almost no principal sends in at least an eighth of their features");
    tellOfLabel(sentences);
    tellOfTime(sentences);
    return sentences;
  }

  private void tell(List<String> sentences, double count, double share, String what) {
    if (isOften(count, share)) {
      sentences.add(say("%s of its last %s inputs %s", rounded(count), rounded(inputs), what));
    }
  }

  private void tellOfChains(List<String> sentences) {
    int longest = BehaviourMarks.longestChain(state);
    if (longest >= NOTABLE_CHAIN) {
      sentences.add(
          say(
              "its longest chain of close inputs had %s%s; in chains of its last %s inputs the label"
                  + " flipped %s times, the score rose %s and fell %s times",
              longest,
              longest == BehaviourMarks.LARGEST_CHAIN ? " or more" : "",
              rounded(inputs),
              rounded(BehaviourMarks.flips(state)),
              rounded(BehaviourMarks.climbs(state)),
              rounded(BehaviourMarks.falls(state))));
    }
  }

  private void tellOfLabel(List<String> sentences) {
    int bin = largestLabelBin();
    if (bin >= 0
        && isOften(fast(bin), ONE_LABEL_SHARE)
        && baseline.urns().get(0).p()[bin] < ONE_LABEL_SHARE / 2) {
      sentences.add(
          say(
              "%s of its last %s inputs got %s",
              rounded(fast(bin)), rounded(inputs), baseline.inputModel().labels().describe(bin)));
    }
  }

  private void tellOfTime(List<String> sentences) {
    double repeats = BehaviourMarks.repeats(state);
    if (repeats >= NOTABLE_REPEAT_SHARE * BehaviourMarks.HORIZON) {
      sentences.add(
          say(
              "%s of its last %s events repeated an earlier input exactly",
              rounded(repeats), BehaviourMarks.HORIZON));
    }
    if (isClockwork()) {
      sentences.add(
          say(
              "its queries come as by a clock: local variation %.2f, where 0 is a clock and 1 chance",
              BehaviourMarks.localVariation(state)));
    }
    if (state.events() >= NOTABLE_EVENTS && BehaviourMarks.hours(state) >= NOTABLE_HOURS) {
      sentences.add(
          say("it was active in %s of the 24 hours of the day", BehaviourMarks.hours(state)));
    }
  }

  private static long rounded(double count) {
    return Math.round(count);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
