package io.inferwarden.detectors.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The honest kinds of one signal, fitted to some of the principals of a sample. */
final class SignalFit {
  private static final int FEWEST_EVENTS = 5;
  private static final int FEWEST_EVENTS_OF_FEW = 3;
  private static final int MANY_PRINCIPALS = 50;

  private final ChatSignal signal;
  private final List<String> fitted;
  private final @Nullable HonestKinds kinds;

  private SignalFit(ChatSignal signal, List<String> fitted, @Nullable HonestKinds kinds) {
    this.signal = signal;
    this.fitted = fitted;
    this.kinds = kinds;
  }

  /**
   * @param chosen which principals take part, by their position in the sample
   */
  static SignalFit of(ChatSample sample, ChatSignal signal, IntPredicate chosen) {
    int[][] counts = new int[sample.principals().size()][sample.cuts().bins(signal)];
    for (int i = 0; i < sample.events(); i++) {
      int bin = sample.bins(i)[signal.position()];
      if (bin >= 0 && chosen.test(sample.who(i))) {
        counts[sample.who(i)][bin]++;
      }
    }
    int[] events = Arrays.stream(counts).mapToInt(own -> Arrays.stream(own).sum()).toArray();
    long many = Arrays.stream(events).filter(count -> count >= FEWEST_EVENTS).count();
    int fewest = many >= MANY_PRINCIPALS ? FEWEST_EVENTS : FEWEST_EVENTS_OF_FEW;
    List<int[]> rows = new ArrayList<>();
    List<String> fitted = new ArrayList<>();
    for (int who = 0; who < counts.length; who++) {
      if (events[who] >= fewest) {
        rows.add(counts[who]);
        fitted.add(sample.principals().get(who));
      }
    }
    boolean isEnough = rows.size() >= ChatBaselineLearner.FEWEST_PRINCIPALS_OF_A_SIGNAL;
    return new SignalFit(
        signal, fitted, isEnough ? HonestKinds.of(rows.toArray(int[][]::new)) : null);
  }

  /** Empty when too few principals have enough events. */
  Optional<ChatUrns> urns() {
    return Optional.ofNullable(kinds)
        .map(found -> ChatUrns.of(signal, found.weights(), found.alphas()));
  }

  String omission() {
    return signal.plainName()
        + ": "
        + fitted.size()
        + " principals have "
        + FEWEST_EVENTS_OF_FEW
        + " events with it after the first third, "
        + ChatBaselineLearner.FEWEST_PRINCIPALS_OF_A_SIGNAL
        + " are needed";
  }

  /** Notes whom the fit rejected and what may be rings. */
  void addTo(Map<String, List<String>> rejected, List<CandidateRing> rings) {
    HonestKinds found = found();
    for (int i = 0; i < fitted.size(); i++) {
      if (!found.kept()[i]) {
        rejected.computeIfAbsent(fitted.get(i), who -> new ArrayList<>()).add(signal.plainName());
      }
    }
    for (int[] members : found.smallKinds()) {
      rings.add(
          new CandidateRing(
              signal.plainName(), Arrays.stream(members).mapToObj(fitted::get).toList()));
    }
  }

  ChatSignalCard card(Excess excess) {
    HonestKinds found = found();
    return new ChatSignalCard(
        signal.plainName(),
        found.alphas()[0].length,
        found.weights().length,
        ChatUrns.kappa(found.weights(), found.alphas()),
        found.keptCount(),
        fitted.size(),
        excess);
  }

  private HonestKinds found() {
    if (kinds == null) {
      throw new IllegalStateException("no kinds were fitted: " + omission());
    }
    return kinds;
  }
}
