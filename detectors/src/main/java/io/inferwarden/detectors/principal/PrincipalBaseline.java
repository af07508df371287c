package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What is usual for the principals of one model version: how its events become bins, and what the
 * bins of an honest principal look like. Immutable and thread-safe; names no principal.
 *
 * <p>Learned by {@link PrincipalBaselineLearner}. Its binary form is complete: a baseline read back
 * gives the same verdicts to the last bit.
 */
public final class PrincipalBaseline {
  private static final int VERSION = 3;

  private final InputModel inputModel;
  private final SignalCuts cuts;
  private final List<SignalUrn> urns;
  private final int bins;
  private final Optional<GapProfile> gaps;
  private final MarkBounds markBounds;
  private final double expectedPrincipalsPerWeek;

  PrincipalBaseline(
      InputModel inputModel,
      SignalCuts cuts,
      List<SignalUrn> urns,
      Optional<GapProfile> gaps,
      MarkBounds markBounds,
      double expectedPrincipalsPerWeek) {
    this.inputModel = inputModel;
    this.cuts = cuts;
    this.urns = List.copyOf(urns);
    this.bins = urns.stream().mapToInt(SignalUrn::bins).sum();
    this.gaps = gaps;
    this.markBounds = markBounds;
    this.expectedPrincipalsPerWeek = expectedPrincipalsPerWeek;
    if (urns.isEmpty()) {
      throw new IllegalArgumentException("urns must not be empty");
    }
    if (!(expectedPrincipalsPerWeek >= 1)) {
      throw new IllegalArgumentException(
          "expectedPrincipalsPerWeek must be >= 1, was " + expectedPrincipalsPerWeek);
    }
  }

  /** How many distinct principals to expect in a week, see {@link PrincipalGrowth}. At least 1. */
  public double expectedPrincipalsPerWeek() {
    return expectedPrincipalsPerWeek;
  }

  /** The signals that were formed, in the order of their bins in a state. */
  public List<SignalCard> signals() {
    return urns.stream().map(SignalUrn::card).toList();
  }

  /** The state of a principal that was never seen. */
  public PrincipalState newState() {
    return new PrincipalState(urns.size(), bins());
  }

  /** Whether a state was made for a baseline of this shape. */
  public boolean fits(PrincipalState state) {
    return state.fits(urns.size(), bins());
  }

  /**
   * What is usual for the signals that tell campaigns apart: those of {@link #signals()}, and last
   * the time between queries, which accuses nobody, where enough of it was learned.
   *
   * @return for each of them the probability of each bin, &gt; 0, sum 1
   */
  public double[][] centres() {
    Stream<double[]> centres = urns.stream().map(SignalUrn::p);
    return Stream.concat(centres, gaps.stream().map(GapProfile::p))
        .map(double[]::clone)
        .toArray(double[][]::new);
  }

  /**
   * Concentration of each signal in the order of {@link #centres()}, as far as a fit may be trusted
   * that accuses nobody: 0.7 of the fitted one. It tells campaigns apart; evidence trusts less of
   * it.
   */
  public double[] kappas() {
    DoubleStream kappas =
        urns.stream().mapToDouble(urn -> GapProfile.KAPPA_UNCERTAINTY * urn.kappa());
    return DoubleStream.concat(kappas, gaps.stream().mapToDouble(GapProfile::kappaUsed)).toArray();
  }

  int bins() {
    return bins;
  }

  InputModel inputModel() {
    return inputModel;
  }

  SignalCuts cuts() {
    return cuts;
  }

  MarkBounds markBounds() {
    return markBounds;
  }

  List<SignalUrn> urns() {
    return urns;
  }

  /** Writes the whole baseline. */
  public void writeTo(StateWriter out) {
    out.writeByte(VERSION);
    inputModel.writeTo(out);
    cuts.writeTo(out);
    out.writeByte(urns.size());
    urns.forEach(urn -> urn.writeTo(out));
    out.writeBoolean(gaps.isPresent());
    gaps.ifPresent(profile -> profile.writeTo(out));
    markBounds.writeTo(out);
    out.writeDouble(expectedPrincipalsPerWeek);
  }

  /**
   * Reads what {@link #writeTo(StateWriter)} wrote.
   *
   * @throws IllegalArgumentException when it is of another version or inconsistent
   */
  public static PrincipalBaseline readFrom(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    InputModel inputModel = InputModel.readFrom(in);
    SignalCuts cuts = SignalCuts.readFrom(in);
    int size = in.readByte();
    List<SignalUrn> urns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      urns.add(SignalUrn.readFrom(in));
    }
    Optional<GapProfile> gaps =
        in.readBoolean() ? Optional.of(GapProfile.readFrom(in)) : Optional.empty();
    MarkBounds markBounds = MarkBounds.readFrom(in);
    return new PrincipalBaseline(inputModel, cuts, urns, gaps, markBounds, in.readDouble());
  }
}
