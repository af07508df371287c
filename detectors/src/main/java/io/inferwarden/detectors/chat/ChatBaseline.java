package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.PrincipalGrowth;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What is usual for the principals of one version of a chat model: how its events become bins, and
 * what the bins of the kinds of honest principals look like. Immutable and thread-safe; names no
 * principal.
 *
 * <p>Learned by {@link ChatBaselineLearner}. Its binary form is complete: a baseline read back
 * gives the same verdicts to the last bit.
 */
public final class ChatBaseline {
  private static final int VERSION = 1;

  private final WordTable words;
  private final ChatCuts cuts;
  private final List<ChatUrns> urns;
  private final List<ChatSignalCard> cards;
  private final Excess excess;
  private final int principals;
  private final double expectedPrincipalsPerWeek;
  private final float[] priorWeights;
  private final int bins;

  ChatBaseline(
      WordTable words,
      ChatCuts cuts,
      List<ChatUrns> urns,
      List<ChatSignalCard> cards,
      Excess excess,
      int principals,
      double expectedPrincipalsPerWeek) {
    this.words = words;
    this.cuts = cuts;
    this.urns = List.copyOf(urns);
    this.cards = List.copyOf(cards);
    this.excess = excess;
    this.principals = principals;
    this.expectedPrincipalsPerWeek = expectedPrincipalsPerWeek;
    this.priorWeights = priorWeights(urns);
    this.bins = urns.stream().mapToInt(ChatUrns::bins).sum();
    if (urns.isEmpty()) {
      throw new IllegalArgumentException("urns must not be empty");
    }
    if (!(expectedPrincipalsPerWeek >= 1)) {
      throw new IllegalArgumentException(
          "expectedPrincipalsPerWeek must be >= 1, was " + expectedPrincipalsPerWeek);
    }
  }

  private static float[] priorWeights(List<ChatUrns> urns) {
    float[] weights = new float[urns.stream().mapToInt(ChatUrns::weights).sum()];
    int first = 0;
    for (ChatUrns signal : urns) {
      for (int i = 0; i < signal.weights(); i++) {
        weights[first + i] = signal.priorWeight(i);
      }
      first += signal.weights();
    }
    return weights;
  }

  /**
   * Whether an event is one of a chat model: it has an input text, and neither a label nor scores.
   */
  public static boolean isChat(Observation event) {
    return event.label() == null && event.scoreCount() == 0 && event.inputText() != null;
  }

  /** Distinct principals seen in the learning. */
  public int principals() {
    return principals;
  }

  /** How many distinct principals to expect in a week, see {@link PrincipalGrowth}. At least 1. */
  public double expectedPrincipalsPerWeek() {
    return expectedPrincipalsPerWeek;
  }

  /** The signals that were formed, in the order of their bins in a state. */
  public List<ChatSignalCard> signals() {
    return cards;
  }

  /** How well all signals together keep their promise. */
  public Excess excess() {
    return excess;
  }

  /** The state of a principal that was never seen. */
  public ChatState newState() {
    return new ChatState(bins, priorWeights, urns.size());
  }

  /** Whether a state was made for a baseline of this shape. */
  public boolean fits(ChatState state) {
    return state.fits(bins, priorWeights.length + urns.size());
  }

  int weights() {
    return priorWeights.length;
  }

  WordTable words() {
    return words;
  }

  ChatCuts cuts() {
    return cuts;
  }

  List<ChatUrns> urns() {
    return urns;
  }

  /** Writes the whole baseline. */
  public void writeTo(StateWriter out) {
    out.writeByte(VERSION);
    words.writeTo(out);
    cuts.writeTo(out);
    out.writeByte(urns.size());
    urns.forEach(signal -> signal.writeTo(out));
    cards.forEach(card -> card.writeTo(out));
    excess.writeTo(out);
    out.writeInt(principals);
    out.writeDouble(expectedPrincipalsPerWeek);
  }

  /**
   * Reads what {@link #writeTo(StateWriter)} wrote.
   *
   * @throws IllegalArgumentException when it is of another version or inconsistent
   */
  public static ChatBaseline readFrom(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    WordTable words = WordTable.readFrom(in);
    ChatCuts cuts = ChatCuts.readFrom(in);
    int size = in.readByte();
    List<ChatUrns> urns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      urns.add(ChatUrns.readFrom(in));
    }
    List<ChatSignalCard> cards = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      cards.add(ChatSignalCard.readFrom(in));
    }
    return new ChatBaseline(
        words, cuts, urns, cards, Excess.readFrom(in), in.readInt(), in.readDouble());
  }
}
