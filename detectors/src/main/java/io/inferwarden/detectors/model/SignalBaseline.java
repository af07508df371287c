package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is usual for one signal of a model, as {@link SignalLearner} found it. Immutable. */
final class SignalBaseline {
  /** Events that every bin is worth at least. */
  private static final double LEAST_MASS = .05;

  private final String name;
  private final SignalGroup group;
  private final SignalBins bins;
  private final double[][] counts;
  private final double[] prior;
  private final Season season;
  private final double kappa;
  private final double eventsPerPane;
  private final List<PredictiveUrn> nulls;
  private final double doubtfulKappa;
  private final double locationSpread;
  private final double[] wanderGains;
  private final PaneLaw law;
  private final double[] discountedPrior;
  private final double[] usual;
  private final double learnedEvents;
  private final @Nullable Tilts tilts;

  /**
   * @param counts learning counts: a row for each cell of the season
   * @param prior prior counts, what was unseen included
   * @param season how the usual probabilities come round
   * @param kappa concentration of honest panes around their centre
   * @param nulls what an honest stream may do beside standing still
   * @param doubtfulKappa a smaller concentration that may be the true one; NaN for none
   * @param locationSpread by how much honest panes differ in location, in standard deviations of it
   * @param wanderGains what each candidate of {@link SettledWander} gained on the learning panes,
   *     nats
   */
  SignalBaseline(
      String name,
      SignalGroup group,
      SignalBins bins,
      double[][] counts,
      double[] prior,
      Season season,
      double kappa,
      double eventsPerPane,
      List<PredictiveUrn> nulls,
      double doubtfulKappa,
      double locationSpread,
      double[] wanderGains) {
    this.name = name;
    this.group = group;
    this.bins = bins;
    this.counts = counts;
    this.prior = prior;
    this.season = season;
    this.kappa = kappa;
    this.eventsPerPane = eventsPerPane;
    this.nulls = List.copyOf(nulls);
    this.doubtfulKappa = doubtfulKappa;
    this.locationSpread = locationSpread;
    this.wanderGains = wanderGains.clone();
    this.usual = new double[prior.length];
    usual(counts, priorBeside(1), usual);
    this.discountedPrior = priorBeside(independentShare(eventsPerPane));
    this.learnedEvents = Vectors.sum(counts) * independentShare(eventsPerPane);
    this.tilts = bins.isOrdered() ? Tilts.of(usual) : null;
    this.law = new PaneLaw(locationSpread, tilts);
  }

  /**
   * The prior beside counts that are each worth {@code scale}. Good-Turing moves what was seen once
   * from OTHER to NEW as whole events. The counts of OTHER can be fewer than that: where odd panes
   * were left out of them, or where panes are large and events alike, so that they are discounted.
   * No bin may be left without mass.
   */
  private double[] priorBeside(double scale) {
    double[] beside = prior.clone();
    for (int k = 0; k < beside.length; k++) {
      double seen = 0;
      for (double[] row : counts) {
        seen += row[k] * scale;
      }
      beside[k] = Math.max(beside[k], LEAST_MASS - seen);
    }
    return beside;
  }

  String name() {
    return name;
  }

  SignalGroup group() {
    return group;
  }

  SignalBins bins() {
    return bins;
  }

  int size() {
    return prior.length;
  }

  double kappa() {
    return kappa;
  }

  Season season() {
    return season;
  }

  List<PredictiveUrn> nulls() {
    return nulls;
  }

  /** Whether learned panes differ by no more than their events explain, as far as they tell. */
  boolean isOfAlikePanes() {
    return Double.isNaN(doubtfulKappa) && locationSpread == 0;
  }

  /** A smaller concentration that may be the true one; NaN for none. */
  double doubtfulKappa() {
    return doubtfulKappa;
  }

  double[] wanderGains() {
    return wanderGains;
  }

  /** By how much honest panes differ in location, in standard deviations of it. */
  double locationSpread() {
    return locationSpread;
  }

  /** The law of a pane around a predicted centre. */
  PaneLaw law() {
    return law;
  }

  double[] usual() {
    return usual;
  }

  @Nullable Tilts tilts() {
    return tilts;
  }

  /** What each event of a pane of this many events counts for in any memory. */
  double independentShare(double events) {
    return (kappa + 1) / (kappa + events);
  }

  /** Events that the learning counts, taken together, are worth. */
  double learnedEvents() {
    return learnedEvents;
  }

  /**
   * Writes the centre of an hour into {@code into} and returns the events it rests on.
   *
   * @param since what the stream itself has settled since, of the same shape as the counts, row
   *     after row
   */
  double centre(long epochHour, double[] since, double[] into) {
    return SeasonalCentre.of(
        epochHour, counts, independentShare(eventsPerPane), since, discountedPrior, season, into);
  }

  /**
   * Writes the centre of a cell of the season as learned, without what settled since, into {@code
   * into} and returns the events it rests on.
   */
  double fixedCentre(int cell, double[] into) {
    return SeasonalCentre.of(
        season.epochHourOf(cell),
        counts,
        independentShare(eventsPerPane),
        null,
        discountedPrior,
        season,
        into);
  }

  private static void usual(double[][] counts, double[] prior, double[] into) {
    double[] whole = new double[prior.length];
    for (double[] row : counts) {
      Vectors.addTo(whole, row);
    }
    SeasonalCentre.of(0, new double[][] {whole}, 1, null, prior, Season.NONE, into);
  }

  void writeTo(StateWriter writer) {
    writer.writeString(name).writeByte(group.code());
    bins.writeTo(writer);
    writer.writeShort(season.cells()).writeDouble(season.bandwidthHours());
    for (double[] row : counts) {
      writer.writeDoubles(row);
    }
    writer.writeDoubles(prior).writeDouble(kappa);
    writer.writeDouble(eventsPerPane).writeDouble(doubtfulKappa);
    writer.writeDouble(locationSpread).writeDoubles(wanderGains).writeByte(nulls.size());
    for (PredictiveUrn urn : nulls) {
      writer.writeDouble(urn.strength()).writeByte(urn.memory()).writeBoolean(urn.isTilted());
    }
  }

  static SignalBaseline readFrom(StateReader reader) {
    String name = reader.readString();
    SignalGroup group = SignalGroup.ofCode(reader.readByte());
    SignalBins bins = SignalBins.readFrom(reader);
    Season season = new Season(reader.readShort(), reader.readDouble());
    double[][] counts = new double[season.cells()][];
    for (int h = 0; h < counts.length; h++) {
      counts[h] = StoredDoubles.read(reader, bins.size());
    }
    double[] prior = StoredDoubles.read(reader, bins.size());
    double kappa = reader.readDouble();
    double eventsPerPane = reader.readDouble();
    double doubtfulKappa = reader.readDouble();
    double locationSpread = reader.readDouble();
    double[] wanderGains = StoredDoubles.read(reader, SettledWander.CANDIDATES);
    int count = reader.readByte();
    List<PredictiveUrn> nulls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nulls.add(new PredictiveUrn(reader.readDouble(), reader.readByte(), reader.readBoolean()));
    }
    return new SignalBaseline(
        name,
        group,
        bins,
        counts,
        prior,
        season,
        kappa,
        eventsPerPane,
        nulls,
        doubtfulKappa,
        locationSpread,
        wanderGains);
  }
}
