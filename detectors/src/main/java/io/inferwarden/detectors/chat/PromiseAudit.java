package io.inferwarden.detectors.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how often the evidence of the learning's principals reached what honest ones should
 * rarely reach. Looked at are those with five events or more: who asked less had little chance to
 * be accused. Each half of the principals is judged by urns fitted to the other half; words and
 * edges are those of all.
 */
final class PromiseAudit {
  private static final double LOW_BAR = 20;
  private static final double HIGH_BAR = 100;

  private static final int FEWEST_EVENTS = 5;

  private final int signals;
  private final int[] reachedLow;
  private final int[] reachedHigh;
  private int principals;

  private PromiseAudit(int signals) {
    this.signals = signals;
    this.reachedLow = new int[signals + 1];
    this.reachedHigh = new int[signals + 1];
  }

  /**
   * @param urns of the signals that were formed; their halves are audited
   */
  static PromiseAudit of(ChatSample sample, List<ChatUrns> urns) {
    PromiseAudit audit = new PromiseAudit(urns.size());
    for (int half = 0; half < 2; half++) {
      Optional<ChatBaseline> other = fitted(sample, urns, half);
      if (other.isPresent()) {
        audit.judge(sample, other.get(), 1 - half);
      }
    }
    return audit;
  }

  private static Optional<ChatBaseline> fitted(ChatSample sample, List<ChatUrns> urns, int half) {
    List<ChatUrns> fitted = new ArrayList<>();
    for (ChatUrns signal : urns) {
      SignalFit fit = SignalFit.of(sample, signal.signal(), who -> who % 2 == half);
      fit.urns().ifPresent(fitted::add);
    }
    return fitted.size() < urns.size()
        ? Optional.empty()
        : Optional.of(
            new ChatBaseline(
                sample.words(), sample.cuts(), fitted, List.of(), new Excess(0, 0, 0), 1, 1));
  }

  private void judge(ChatSample sample, ChatBaseline baseline, int half) {
    ChatDetector detector = new ChatDetector(baseline);
    ChatState[] states = new ChatState[sample.principals().size()];
    double[][] highest = new double[states.length][signals + 1];
    for (int i = 0; i < sample.events(); i++) {
      int who = sample.who(i);
      if (who % 2 == half && !sample.isRepeat(i)) {
        boolean isFirst = states[who] == null;
        if (isFirst) {
          states[who] = baseline.newState();
        }
        double level = detector.observeBins(states[who], 0, sample.bins(i), 0, isFirst ? 1 : 0);
        for (int signal = 0; signal < signals; signal++) {
          double evidence = states[who].value(baseline.weights() + signal);
          highest[who][signal] = Math.max(highest[who][signal], evidence);
        }
        highest[who][signals] = Math.max(highest[who][signals], level);
      }
    }
    for (int who = 0; who < states.length; who++) {
      if (states[who] != null && states[who].events() >= FEWEST_EVENTS) {
        count(highest[who]);
      }
    }
  }

  private void count(double[] highest) {
    principals++;
    for (int signal = 0; signal <= signals; signal++) {
      reachedLow[signal] += highest[signal] >= LOW_BAR ? 1 : 0;
      reachedHigh[signal] += highest[signal] >= HIGH_BAR ? 1 : 0;
    }
  }

  /** Of one signal, by its position among the urns. */
  Excess ofSignal(int signal) {
    return new Excess(principals, reachedLow[signal], reachedHigh[signal]);
  }

  /** Of the weighted evidence of all signals. */
  Excess ofAll() {
    return ofSignal(signals);
  }
}
