package io.inferwarden.detectors.model;

import static io.inferwarden.detectors.model.SimulatedModel.HOUR;
import static io.inferwarden.detectors.model.SimulatedModel.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelSignalsTest {
  private static final int LEARNED_PANES = 24;
  private static final double SPEND = 1e-4;

  private final Random random = new Random(4);

  @Test
  void sumsUpScoresAsTheFormulasSay() {
    GeneratedObservation event = new GeneratedObservation(0);
    event.scores = new double[] {.2, .7, .1};

    assertThat(ScoreMeasures.confidence(event)).isEqualTo(.7);
    assertThat(ScoreMeasures.margin(event)).isEqualTo(.5, within(1e-15));
    assertThat(ScoreMeasures.entropy(event)).isEqualTo(.7298466991620975, within(1e-15));
    event.scores = new double[] {3, 3, 3, 3};
    assertThat(ScoreMeasures.margin(event)).isZero();
    assertThat(ScoreMeasures.entropy(event)).isEqualTo(1, within(1e-15));
    event.scores = new double[] {0, 1, 0};
    assertThat(ScoreMeasures.entropy(event)).isZero();
  }

  @Test
  void twoScoresSayNothingBeyondTheirConfidenceAndLogitsHaveNoEntropy() {
    GeneratedObservation event = new GeneratedObservation(0);
    event.scores = new double[] {.2, .8};
    assertThat(ScoreMeasures.margin(event)).isNaN();
    assertThat(ScoreMeasures.entropy(event)).isNaN();

    event.scores = new double[] {-1, 2, .5};
    assertThat(ScoreMeasures.margin(event)).isEqualTo(1.5);
    assertThat(ScoreMeasures.entropy(event)).isNaN();
    event.scores = new double[3];
    assertThat(ScoreMeasures.entropy(event)).isNaN();
  }

  @Test
  void watchesOnlyWhatTheSampleHolds() {
    assertThat(new SimulatedModel(3).baseline().signalNames())
        .containsExactly(
            "amount",
            "country",
            "note",
            "input.missing",
            "input.unknown",
            "input.wrongType",
            "output.label",
            "output.confidence");
    assertThat(learn(texts(0, LEARNED_PANES)).signalNames())
        .containsExactly(
            "output.tokens",
            "output.finishReason",
            "output.text.opening",
            "output.text.first",
            "output.text.ending",
            "output.text.variety",
            "output.text.repetition",
            "output.text.newlines",
            "output.text.punctuation",
            "output.text.wordLength",
            "output.text.echo",
            "latency",
            "latency.perToken",
            "status",
            "output.text.words");
  }

  @Test
  void typicalityIsTheMeanLogShareOfTheWords() {
    char[] counts = new char[WordTable.BUCKETS];
    counts[7] = 2;
    counts[9] = 1;
    GeneratedObservation text = new GeneratedObservation(0);
    text.buckets = new int[] {5, 7};

    assertThat(new WordTable(counts).typicality(text)).isEqualTo(-7.301763633948359, within(1e-6));
    assertThat(new WordTable(counts).typicality(new GeneratedObservation(0))).isNaN();
    assertThat(new WordTable(counts).typicality(null)).isNaN();
  }

  @Test
  void wordsThatWereNeverUsedAreFoundAndNamed() {
    ModelBaseline baseline = learn(texts(0, LEARNED_PANES));
    List<GeneratedObservation> later = texts(LEARNED_PANES, 6);
    later.forEach(event -> event.buckets = new int[] {3000, 3001, 3002 + random.nextInt(50)});

    assertThat(firstCause(baseline, later)).isEqualTo("output.text.words");
  }

  @Test
  void moreRefusalsAreFoundAndNamed() {
    ModelBaseline baseline = learn(texts(0, LEARNED_PANES));
    List<GeneratedObservation> later = texts(LEARNED_PANES, 6);
    later.forEach(event -> event.opening = random.nextInt(3) == 0 ? "refusal" : event.opening);

    assertThat(firstCause(baseline, later)).isEqualTo("output.text.opening");
  }

  @Test
  void failuresShowInTheStatusAndNotInTheOutputs() {
    ModelBaseline baseline = learn(texts(0, LEARNED_PANES));
    GeneratedObservation failed = new GeneratedObservation(START);
    failed.status = "error";
    PaneCounts counts = baseline.newPaneCounts();

    counts.add(failed);

    assertThat(Vectors.sum(of(counts, baseline, "output.tokens"))).isZero();
    assertThat(Vectors.sum(of(counts, baseline, "output.text.words"))).isZero();
    int[] status = of(counts, baseline, "status");
    assertThat(status[status.length - 2]).as("NEW").isEqualTo(1);
    assertThat(counts.outputEvents()).isEqualTo(1);
  }

  @Test
  void moreErrorsAreFoundAndNamed() {
    ModelBaseline baseline = learn(withFailures(texts(0, LEARNED_PANES), 50));

    assertThat(firstCause(baseline, withFailures(texts(LEARNED_PANES, 6), 3))).isEqualTo("status");
  }

  private List<GeneratedObservation> withFailures(List<GeneratedObservation> events, int oneIn) {
    List<GeneratedObservation> some = new ArrayList<>();
    for (GeneratedObservation event : events) {
      GeneratedObservation failed = new GeneratedObservation(event.timeMillis);
      failed.status = "error";
      failed.latencyMillis = event.latencyMillis;
      some.add(random.nextInt(oneIn) == 0 ? failed : event);
    }
    return some;
  }

  @Test
  void countsWhatDoesNotLookLikeTheLearnedRequests() {
    ModelBaseline baseline = new SimulatedModel(21).baseline();
    PaneCounts counts = baseline.newPaneCounts();
    Map<String, Object> odd = new LinkedHashMap<>();
    odd.put("amount", "a word where numbers were");
    odd.put("country", 7.0);
    odd.put("unknown", 1.0);
    counts.add(RecordedObservation.ofFeatures(START, odd));

    assertThat(of(counts, baseline, "input.unknown")).as("0, above it").startsWith(0, 0, 1);
    assertThat(of(counts, baseline, "input.wrongType")).as("0, above it").startsWith(0, 0, 1);
    assertThat(Vectors.sum(of(counts, baseline, "input.missing"))).isEqualTo(1);
    assertThat(of(counts, baseline, "input.missing")[1]).as("none missing").isZero();
  }

  @Test
  void aSampledEventIsCountedAsInAPane() {
    ModelBaseline baseline = new SimulatedModel(21).baseline();
    Map<String, SignalBins> bins = new TreeMap<>();
    baseline.signals().stream()
        .filter(signal -> signal.group() == SignalGroup.INPUT)
        .forEach(signal -> bins.put(signal.name(), signal.bins()));
    Map<String, Object> odd = new LinkedHashMap<>();
    odd.put("amount", "a word where numbers were");
    odd.put("country", 7.0);
    odd.put("unknown", 1.0);
    RecordedObservation event = RecordedObservation.ofFeatures(START, odd);

    assertThat(SchemaSignal.MISSING.count(event, bins, 0)).isEqualTo(1);
    assertThat(SchemaSignal.UNKNOWN.count(event, bins, 0)).isEqualTo(1);
    assertThat(SchemaSignal.WRONG_TYPE.count(event, bins, 0)).isEqualTo(2);
  }

  @Test
  void mergingPartsInAnyOrderEqualsCountingTheWhole() {
    List<GeneratedObservation> learned = texts(0, LEARNED_PANES);
    learned.forEach(event -> event.embedding = embedding(96, 0));
    ModelBaseline baseline = learn(learned);
    List<GeneratedObservation> events = texts(LEARNED_PANES, 1);
    events.forEach(event -> event.embedding = embedding(96, 0));
    PaneCounts whole = baseline.newPaneCounts();
    events.forEach(whole::add);
    Collections.shuffle(events, random);
    PaneCounts first = baseline.newPaneCounts();
    PaneCounts second = baseline.newPaneCounts();
    for (int i = 0; i < events.size(); i++) {
      (i % 3 == 0 ? first : second).add(events.get(i));
    }

    second.merge(first);

    assertThat(bytes(second)).isEqualTo(bytes(whole));
  }

  @Test
  void aBaselineThatWasReadBackCountsAlike() {
    List<GeneratedObservation> learned = texts(0, LEARNED_PANES);
    learned.forEach(event -> event.embedding = embedding(96, 0));
    ModelBaseline baseline = learn(learned);
    StateWriter writer = new StateWriter();
    baseline.writeTo(writer);

    ModelBaseline read = ModelBaseline.readFrom(new StateReader(writer.toBytes()));

    StateWriter again = new StateWriter();
    read.writeTo(again);
    assertThat(again.toBytes()).isEqualTo(writer.toBytes());
    PaneCounts counts = baseline.newPaneCounts();
    PaneCounts countsOfRead = read.newPaneCounts();
    learned.forEach(counts::add);
    learned.forEach(countsOfRead::add);
    assertThat(bytes(countsOfRead)).isEqualTo(bytes(counts));
  }

  @Test
  void projectionsAndDistanceAreOfTheDirectionAlone() {
    EmbeddingSpace space = new EmbeddingSpace(embedding(300, 1));
    GeneratedObservation event = new GeneratedObservation(0);
    event.embedding = embedding(300, 1);
    double[] once = measure(space, event);
    for (int i = 0; i < 300; i++) {
      event.embedding[i] *= 4;
    }
    double[] scaled = measure(space, event);

    for (int m = 0; m < EmbeddingSpace.NORM; m++) {
      assertThat(scaled[m]).isEqualTo(once[m], within(1e-12));
    }
    assertThat(scaled[EmbeddingSpace.NORM])
        .isEqualTo(4 * once[EmbeddingSpace.NORM], within(.01 * once[EmbeddingSpace.NORM]));
    float[] centroid = new float[300];
    for (int i = 0; i < 300; i++) {
      centroid[i] = -event.embedding[i];
    }
    assertThat(measure(new EmbeddingSpace(centroid), event)[EmbeddingSpace.DISTANCE])
        .isEqualTo(2, within(1e-12));
  }

  @Test
  void projectionsOfRandomDirectionsAreAboutStandardNormal() {
    EmbeddingSpace space = new EmbeddingSpace(embedding(768, 0));
    double sum = 0;
    double squares = 0;
    GeneratedObservation event = new GeneratedObservation(0);
    for (int i = 0; i < 2000; i++) {
      event.embedding = embedding(768, 0);
      double projection = measure(space, event)[i % EmbeddingSpace.PROJECTIONS];
      sum += projection;
      squares += projection * projection;
    }

    assertThat(sum / 2000).isBetween(-.1, .1);
    assertThat(squares / 2000).isBetween(.85, 1.15);
  }

  @Test
  void whatHasNoDirectionOrAnotherDimensionIsMissing() {
    EmbeddingSpace space = new EmbeddingSpace(embedding(96, 0));
    GeneratedObservation event = new GeneratedObservation(0);
    assertThat(measure(space, event)).containsOnly(Double.NaN);
    event.embedding = embedding(95, 0);
    assertThat(measure(space, event)).containsOnly(Double.NaN);
    event.embedding = new float[96];
    assertThat(measure(space, event)[EmbeddingSpace.DISTANCE]).isNaN();
    assertThat(measure(space, event)[EmbeddingSpace.NORM]).isZero();
  }

  @Test
  void anotherDimensionBreaksTheSchema() {
    ModelBaseline baseline = learn(embeddings(0, LEARNED_PANES, 96, 1));
    PaneCounts counts = baseline.newPaneCounts();
    embeddings(LEARNED_PANES, 1, 95, 1).forEach(counts::add);

    assertThat(baseline.signalNames()).contains("input.embedding.norm", "input.wrongType");
    assertThat(of(counts, baseline, "input.wrongType"))
        .startsWith(0, 0, (int) counts.inputEvents());
    int[] norm = of(counts, baseline, "input.embedding.norm");
    assertThat(norm[norm.length - 1]).as("missing").isEqualTo((int) counts.inputEvents());
  }

  @Test
  void embeddingsThatMoveAwayAreFoundAndNamed() {
    ModelBaseline baseline = learn(embeddings(0, LEARNED_PANES, 256, 1));

    assertThat(firstCause(baseline, embeddings(LEARNED_PANES, 6, 256, .3)))
        .startsWith("input.embedding.");
  }

  @Test
  void embeddingsThatStayAreQuiet() {
    ModelBaseline baseline = learn(embeddings(0, LEARNED_PANES, 256, 1));

    assertThat(firstCause(baseline, embeddings(LEARNED_PANES, 24, 256, 1))).isEqualTo("quiet");
  }

  /** Signal that leads when the alarm is raised. */
  private static String firstCause(ModelBaseline baseline, List<GeneratedObservation> events) {
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    TreeMap<Long, PaneCounts> panes = new TreeMap<>();
    for (GeneratedObservation event : events) {
      panes.computeIfAbsent(event.timeMillis / HOUR, hour -> baseline.newPaneCounts()).add(event);
    }
    for (Map.Entry<Long, PaneCounts> pane : panes.entrySet()) {
      if (detector.step(state, pane.getKey() * HOUR, pane.getValue(), SPEND) >= 1) {
        return detector.explain(state).get(0).signal();
      }
    }
    return "quiet";
  }

  private List<GeneratedObservation> texts(int from, int panes) {
    List<GeneratedObservation> events = new ArrayList<>();
    for (int i = 0; i < panes * 40; i++) {
      GeneratedObservation event = new GeneratedObservation(START + from * HOUR + i * HOUR / 40);
      event.hasText = true;
      event.status = "ok";
      event.finishReason = random.nextInt(9) == 0 ? "length" : "stop";
      event.opening = random.nextInt(4) == 0 ? "newline" : "letter";
      event.variety = random.nextDouble();
      event.outputTokens = 20 + random.nextInt(200);
      event.latencyMillis = 100 + 10 * event.outputTokens + random.nextInt(100);
      event.buckets =
          new int[] {random.nextInt(20), 20 + random.nextInt(200), 400 + random.nextInt(900)};
      events.add(event);
    }
    return events;
  }

  private List<GeneratedObservation> embeddings(int from, int panes, int dimension, double mean) {
    List<GeneratedObservation> events = new ArrayList<>();
    for (int i = 0; i < panes * 40; i++) {
      GeneratedObservation event = new GeneratedObservation(START + from * HOUR + i * HOUR / 40);
      event.embedding = embedding(dimension, mean);
      events.add(event);
    }
    return events;
  }

  private float[] embedding(int dimension, double mean) {
    float[] embedding = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      embedding[i] = (float) (mean + random.nextGaussian());
    }
    return embedding;
  }

  private static double[] measure(EmbeddingSpace space, GeneratedObservation event) {
    double[] measures = new double[EmbeddingSpace.MEASURES];
    space.measure(event, new float[space.dimension()], measures);
    return measures;
  }

  private static ModelBaseline learn(List<? extends Observation> sample) {
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, .002);
    return ((LearningOutcome.Learned) outcome).baseline();
  }

  private static int[] of(PaneCounts counts, ModelBaseline baseline, String signal) {
    return counts.counts(baseline.signalNames().indexOf(signal));
  }

  private static byte[] bytes(PaneCounts counts) {
    StateWriter writer = new StateWriter();
    counts.writeTo(writer);
    return writer.toBytes();
  }
}
