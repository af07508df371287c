package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.signal.TextObservation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events that bins and kinds are learned from, cut into bins. */
final class ChatSample {
  private static final int WARM_PART = 3;

  private final WordTable words;
  private final ChatCuts cuts;
  private final List<String> principals;
  private final int[] who;
  private final int[][] bins;

  /**
   * @param who the principal of each event, as a position in {@code principals}
   * @param bins of each event, for each {@link ChatSignal}; all -1 for a repeat
   */
  ChatSample(WordTable words, ChatCuts cuts, List<String> principals, int[] who, int[][] bins) {
    this.words = words;
    this.cuts = cuts;
    this.principals = principals;
    this.who = who;
    this.bins = bins;
  }

  /** Learned from the first third. */
  WordTable words() {
    return words;
  }

  /** Learned from the rest. */
  ChatCuts cuts() {
    return cuts;
  }

  /** In the order in which they appeared. */
  List<String> principals() {
    return principals;
  }

  /** Number of events of the rest. */
  int events() {
    return who.length;
  }

  /** The principal of an event of the rest, as a position in {@link #principals()}. */
  int who(int event) {
    return who[event];
  }

  /** The bin of an event of the rest for each {@link ChatSignal}; -1 where missing. */
  int[] bins(int event) {
    return bins[event];
  }

  /** Whether an event of the rest repeats an earlier one, and so has no bins. */
  boolean isRepeat(int event) {
    return bins[event][ChatSignal.TACTICS.position()] < 0;
  }

  /**
   * @param samples chat events, sorted by time
   */
  static ChatSample of(List<LearningSample> samples) {
    int warm = warmEvents(samples);
    List<TextObservation> early = new ArrayList<>();
    samples.subList(0, warm).forEach(sample -> early.add(text(sample)));
    WordTable words = WordTable.learn(early);

    Map<String, Integer> index = new LinkedHashMap<>();
    List<PromptMemory> memories = new ArrayList<>();
    int[] who = new int[samples.size() - warm];
    ChatMeasures[] measures = new ChatMeasures[who.length];
    boolean[] repeated = new boolean[who.length];
    for (int i = 0; i < samples.size(); i++) {
      LearningSample sample = samples.get(i);
      int principal = index.computeIfAbsent(sample.principal(), name -> memories.size());
      if (principal == memories.size()) {
        memories.add(new PromptMemory());
      }
      TextObservation text = text(sample);
      boolean isRepeat = memories.get(principal).isRepeat(text);
      if (!isRepeat) {
        memories.get(principal).add(text);
      }
      if (i >= warm) {
        who[i - warm] = principal;
        repeated[i - warm] = isRepeat;
        measures[i - warm] = new ChatMeasures();
        measures[i - warm].measure(sample.observation(), text, words);
      }
    }
    ChatCuts cuts = ChatCuts.learn(columns(measures));
    List<String> principals = List.copyOf(index.keySet());
    return new ChatSample(words, cuts, principals, who, bins(measures, repeated, cuts));
  }

  private static TextObservation text(LearningSample sample) {
    return Objects.requireNonNull(sample.observation().inputText(), "inputText");
  }

  private static int warmEvents(List<LearningSample> samples) {
    if (samples.isEmpty()) {
      return 0;
    }
    long start = samples.get(0).observation().timeMillis();
    long span = samples.get(samples.size() - 1).observation().timeMillis() - start;
    int warm = 0;
    while (WARM_PART * (samples.get(warm).observation().timeMillis() - start) < span) {
      warm++;
    }
    return warm;
  }

  private static double[][] columns(ChatMeasures[] measures) {
    double[][] columns = new double[ChatSignal.values().length][];
    for (ChatSignal signal : ChatSignal.values()) {
      columns[signal.position()] =
          signal.onlyMoreIsAbuse()
              ? new double[0]
              : Arrays.stream(measures).mapToDouble(one -> one.number(signal)).toArray();
    }
    return columns;
  }

  private static int[][] bins(ChatMeasures[] measures, boolean[] repeated, ChatCuts cuts) {
    int[][] bins = new int[measures.length][ChatSignal.values().length];
    for (int i = 0; i < bins.length; i++) {
      if (repeated[i]) {
        Arrays.fill(bins[i], -1);
      } else {
        cuts.cut(measures[i], bins[i]);
      }
    }
    return bins;
  }
}
