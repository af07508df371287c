package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.budget.SpendSchedule;
import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.TextObservation;
import java.util.Arrays;
import java.util.List;

/**
 * Evidence that a principal does not use a chat model as honest principals do.
 *
 * <p><b>Null hypothesis.</b> The bins of each signal of an honest principal are drawn from a
 * mixture of P&oacute;lya urns, the kinds of the baseline; see {@link ChatBaselineLearner}. A
 * principal's exact repeat of one of its last 64 distinct texts is no new draw and counts as no
 * evidence.
 *
 * <p><b>Formula.</b> For each signal {@code s}, {@code L_s} is the probability that a mixture of
 * alternatives gave the event's bin over the probability that the null gave it, both mixtures
 * weighted by what they predicted so far, and
 *
 * <pre>{@code
 * M_s <- min((M_s + g_n) L_s, 1e30)
 * g_0 = principalSpend / 2 + eventSpend
 * g_n = principalSpend / 2 * 16 / ((n + 16)(n + 17)) + eventSpend,  n > 0 events of the signal before
 * level = sum_s w_s M_s / sum_s w_s
 * }</pre>
 *
 * with the weights 2 for tactics, severity, answer length and variety of words, and 1 for how usual
 * the words are and for prompt length. The caller alarms at level 1 or more, and then restarts the
 * state.
 *
 * <p><b>False alarms.</b> Given the past, {@code E[L_s] = 1} under the null, so the expected number
 * of alarms, up to any stopping time and whatever the dependence between signals, is at most the
 * spend granted, which is below {@code principalSpend + events * eventSpend}. The schedule ends
 * after 65,535 events: later events grant their event spend only. <b>The promise is not kept
 * exactly</b>, because honest principals follow a null learned from a few hundred others only
 * nearly; {@link ChatBaseline#excess()} has the measured excess. Nothing is forgotten: an account
 * that turns after many honest prompts is found the later, the more there were. After Shin, Ramdas
 * and Rinaldo (arXiv:2203.03532), with a spend in place of {@code 1 / c}.
 *
 * <p>Cost per event: one pass over the buckets of the text, 64 comparisons, at most 15 urns for
 * each of six signals; no allocation. Deterministic; not thread-safe, so give each thread its own
 * detector over the shared baseline.
 */
public final class ChatDetector {
  private static final int MISSING = -1;

  private final ChatBaseline baseline;
  private final ChatUrns[] urns;
  private final double[] weights;
  private final int[] bins = new int[ChatSignal.values().length];
  private final ChatMeasures measures = new ChatMeasures();

  public ChatDetector(ChatBaseline baseline) {
    this.baseline = baseline;
    this.urns = baseline.urns().toArray(ChatUrns[]::new);
    double total = Arrays.stream(urns).mapToInt(signal -> signal.signal().weight()).sum();
    this.weights =
        Arrays.stream(urns).mapToDouble(signal -> signal.signal().weight() / total).toArray();
  }

  /**
   * Takes one event in. An event that is not of a chat model changes nothing.
   *
   * @param state of the event's principal; changed
   * @param event what may be seen of it; not kept
   * @param principalSpend false alarms this principal may cost in its life, &gt;= 0
   * @param eventSpend false alarms each of its events may cost in addition, &gt;= 0
   * @return the level, &gt;= 0; 1 or more is an alarm
   * @throws IllegalArgumentException when a spend is negative or NaN, or the state was made for
   *     another baseline
   */
  public double observe(
      ChatState state, Observation event, double principalSpend, double eventSpend) {
    requireSpend("principalSpend", principalSpend);
    requireSpend("eventSpend", eventSpend);
    requireFits(state);
    TextObservation text = event.inputText();
    if (text == null || !ChatBaseline.isChat(event)) {
      return state.level();
    }
    if (state.prompts().isRepeat(text)) {
      Arrays.fill(bins, MISSING);
    } else {
      measures.measure(event, text, baseline.words());
      baseline.cuts().cut(measures, bins);
      state.prompts().add(text);
    }
    return observeBins(state, event.timeMillis(), bins, principalSpend, eventSpend);
  }

  /**
   * @param binOfSignal bin of each signal in the order of {@link ChatSignal}, -1 where missing
   */
  double observeBins(
      ChatState state,
      long timeMillis,
      int[] binOfSignal,
      double principalSpend,
      double eventSpend) {
    double granted = 0;
    double level = 0;
    int offset = 0;
    int first = 0;
    for (int i = 0; i < urns.length; i++) {
      int bin = binOfSignal[urns[i].signal().position()];
      int martingale = baseline.weights() + i;
      if (bin >= 0) {
        int before = state.total(offset, urns[i].bins());
        double scheduled =
            SpendSchedule.lasts(state.events())
                ? principalSpend * SpendSchedule.shareAfter(before)
                : 0;
        double spend = scheduled + eventSpend;
        urns[i].observe(state, offset, first, martingale, bin, spend);
        granted += weights[i] * spend;
      }
      level += weights[i] * state.value(martingale);
      offset += urns[i].bins();
      first += urns[i].weights();
    }
    state.arrive(timeMillis);
    state.settle(level, granted);
    return state.level();
  }

  /** Starts the evidence again after an alarm; what is known of the principal stays. */
  public void restart(ChatState state) {
    requireFits(state);
    state.restart(urns.length);
  }

  /**
   * Which signals carry the level and, for those that lead, which bins were seen too often.
   *
   * @return a share for each signal, largest first; they sum to 1, or are all 0 without a level
   */
  public List<SignalShare> explain(ChatState state) {
    requireFits(state);
    return new ChatExplanation(baseline, state).shares();
  }

  /**
   * What the principal seems to be after. To be asked before the state is restarted.
   *
   * <p>Where tactics of attacks carry half of the level, or show in a tenth of the prompts and five
   * times as often as usual, the severity with the largest excess decides: {@link
   * AbuseKind#INJECTION}, {@link AbuseKind#PROMPT_EXTRACTION} or {@link AbuseKind#DATA_EXTRACTION}.
   * Else {@link AbuseKind#DENIAL_OF_WALLET} if half of the answers, or of the prompts where their
   * length carries the level, are among the longest; else {@link AbuseKind#DISTILLATION}, or {@link
   * AbuseKind#SCRIPTED_USE} if half of the answers are among the shortest or a fifth of the prompts
   * are repeats, from which nobody learns much.
   */
  public AbuseKind kind(ChatState state) {
    requireFits(state);
    return new ChatExplanation(baseline, state).kind();
  }

  private void requireFits(ChatState state) {
    if (!baseline.fits(state)) {
      throw new IllegalArgumentException("state must have been made for this baseline");
    }
  }

  private static void requireSpend(String name, double spend) {
    if (!(spend >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, was " + spend);
    }
  }
}
