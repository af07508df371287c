package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * Cuts the measures of an event into the bins of the seven signals.
 *
 * <p>With {@code u} the mid-rank of a measure: <i>probing</i> is {@code -u(margin) u(typical)
 * u(joint)}; <i>strange</i> is the negated product of {@code 2 min(u, 1 - u) + 1e-6} over margin,
 * typical, joint and far, each ranked among the events of the same label. Both order events as the
 * sums of negative logs would, without taking logs. Two signals are 4 by 4 cells of two ranks.
 */
final class SignalCuts {
  static final int CELL_SIDE = 4;

  /** Quantile bins with thin tails. */
  static final double[] TAIL = {.005, .02, .125, .25, .375, .5, .625, .75, .875, .98, .995};

  /** Quantile bins where only large is remarkable. */
  static final double[] UPPER = {.25, .5, .65, .8, .9, .95, .98, .99, .995};

  private static final int MISSING = -1;

  private final ConditionalRanks margin;
  private final ConditionalRanks typical;
  private final ConditionalRanks joint;
  private final ConditionalRanks near;
  private final ConditionalRanks far;
  private final RankLookup lookup;
  private final double[] marginEdges;
  private final double[] nearEdges;
  private final double[] probingEdges;
  private final double[] strangeEdges;

  private SignalCuts(
      ConditionalRanks margin,
      ConditionalRanks typical,
      ConditionalRanks joint,
      ConditionalRanks near,
      ConditionalRanks far,
      double[] marginEdges,
      double[] nearEdges,
      double[] probingEdges,
      double[] strangeEdges) {
    this.margin = margin;
    this.typical = typical;
    this.joint = joint;
    this.near = near;
    this.far = far;
    this.lookup = RankLookup.of(margin, typical, joint, near, far);
    this.marginEdges = marginEdges;
    this.nearEdges = nearEdges;
    this.probingEdges = probingEdges;
    this.strangeEdges = strangeEdges;
  }

  static SignalCuts learn(SampleMeasures measures, int labelSlots) {
    int[] labels = measures.labels;
    SignalCuts ranks =
        new SignalCuts(
            ConditionalRanks.learn(measures.margin, labels, labelSlots),
            ConditionalRanks.learn(measures.typical, labels, labelSlots),
            ConditionalRanks.learn(measures.joint, labels, labelSlots),
            ConditionalRanks.learn(measures.near, labels, 0),
            ConditionalRanks.learn(measures.far, labels, labelSlots),
            edges(measures.margin, TAIL),
            edges(measures.near, TAIL),
            new double[0],
            new double[0]);
    float[] probing = new float[measures.size()];
    float[] strange = new float[measures.size()];
    for (int i = 0; i < probing.length; i++) {
      float marginValue = measures.margin[i];
      float typicalValue = measures.typical[i];
      float jointValue = measures.joint[i];
      probing[i] = (float) ranks.probing(marginValue, typicalValue, jointValue);
      strange[i] =
          (float) ranks.strange(labels[i], marginValue, typicalValue, jointValue, measures.far[i]);
    }
    return new SignalCuts(
        ranks.margin,
        ranks.typical,
        ranks.joint,
        ranks.near,
        ranks.far,
        ranks.marginEdges,
        ranks.nearEdges,
        edges(probing, UPPER),
        edges(strange, UPPER));
  }

  private static double[] edges(float[] values, double[] probabilities) {
    double[] known = new double[values.length];
    int size = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        known[size++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(known, size);
    Arrays.sort(sorted);
    return size == 0 ? new double[0] : Quantiles.of(sorted, probabilities);
  }

  /** Number of bins of a signal. */
  static int bins(SignalKind kind, int labelSlots) {
    return switch (kind) {
      case LABEL -> labelSlots;
      case MARGIN, DISTANCE -> TAIL.length + 1;
      case PROBING, STRANGE -> UPPER.length + 1;
      case JOINT_BY_TYPICAL, MARGIN_BY_DISTANCE -> CELL_SIDE * CELL_SIDE;
    };
  }

  /**
   * @param bins set to the bin of each signal, in the order of {@link SignalKind}; -1 where the
   *     signal is missing, as all are in an event that repeats a recent input
   */
  void cut(EventMeasures event, int[] bins) {
    if (event.repeat) {
      Arrays.fill(bins, MISSING);
      return;
    }
    lookup.find(event);
    double[] ranks = event.ranks;
    double marginRank = ranks[RankLookup.MARGIN];
    double typicalRank = ranks[RankLookup.TYPICAL];
    double jointRank = ranks[RankLookup.JOINT];
    double nearRank = ranks[RankLookup.NEAR];
    bins[SignalKind.LABEL.position()] = event.label;
    bins[SignalKind.MARGIN.position()] = bin(marginEdges, event.margin);
    bins[SignalKind.DISTANCE.position()] = bin(nearEdges, event.near);
    bins[SignalKind.PROBING.position()] =
        bin(probingEdges, (float) -(marginRank * typicalRank * jointRank));
    bins[SignalKind.STRANGE.position()] =
        bin(
            strangeEdges,
            (float)
                strange(
                    ranks[RankLookup.MARGIN_OF_LABEL],
                    ranks[RankLookup.TYPICAL_OF_LABEL],
                    ranks[RankLookup.JOINT_OF_LABEL],
                    ranks[RankLookup.FAR_OF_LABEL]));
    bins[SignalKind.JOINT_BY_TYPICAL.position()] = cell(jointRank, typicalRank);
    bins[SignalKind.MARGIN_BY_DISTANCE.position()] = cell(marginRank, nearRank);
  }

  private double probing(float marginValue, float typicalValue, float jointValue) {
    return -(margin.rank(marginValue) * typical.rank(typicalValue) * joint.rank(jointValue));
  }

  private double strange(
      int label, float marginValue, float typicalValue, float jointValue, float farValue) {
    return strange(
        margin.rankGiven(label, marginValue),
        typical.rankGiven(label, typicalValue),
        joint.rankGiven(label, jointValue),
        far.rankGiven(label, farValue));
  }

  private static double strange(
      double marginRank, double typicalRank, double jointRank, double farRank) {
    return -(extremeness(marginRank)
        * extremeness(typicalRank)
        * extremeness(jointRank)
        * extremeness(farRank));
  }

  private static double extremeness(double rank) {
    return 2 * Math.min(rank, 1 - rank) + 1e-6;
  }

  private static int bin(double[] edges, float value) {
    return Float.isNaN(value) || edges.length == 0 ? MISSING : Quantiles.binOf(edges, value);
  }

  private static int cell(double first, double second) {
    return Double.isNaN(first) || Double.isNaN(second)
        ? MISSING
        : side(first) * CELL_SIDE + side(second);
  }

  private static int side(double rank) {
    if (rank <= 0.1) {
      return 0;
    }
    if (rank <= 0.3) {
      return 1;
    }
    return rank <= 0.7 ? 2 : 3;
  }

  void writeTo(StateWriter out) {
    margin.writeTo(out);
    typical.writeTo(out);
    joint.writeTo(out);
    near.writeTo(out);
    far.writeTo(out);
    out.writeDoubles(marginEdges).writeDoubles(nearEdges);
    out.writeDoubles(probingEdges).writeDoubles(strangeEdges);
  }

  static SignalCuts readFrom(StateReader in) {
    return new SignalCuts(
        ConditionalRanks.readFrom(in),
        ConditionalRanks.readFrom(in),
        ConditionalRanks.readFrom(in),
        ConditionalRanks.readFrom(in),
        ConditionalRanks.readFrom(in),
        in.readDoubles(),
        in.readDoubles(),
        in.readDoubles(),
        in.readDoubles());
  }
}
