package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.detectors.evidence.PolyaUrn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of {@code src/test/python/model_reference.py} (numpy 1.24.2, scipy 1.10.1). */
class ModelReferenceTest {
  private static final double RELATIVE = 1e-9;

  /** Panes that wait for their day to pass are kept in single precision. */
  private static final double SINGLE_PRECISION = 1e-6;

  private static final JsonNode REFERENCE = reference();

  @ParameterizedTest
  @MethodSource("urns")
  void urnsAgree(JsonNode urn) {
    double log =
        PolyaUrn.logProbability(
            urn.get("strength").asDouble(), doubles(urn.get("centre")), ints(urn.get("counts")));

    // The reference takes differences of log gammas, which round to 1e-16 of lnG(1e6).
    assertClose(log, urn.get("log").asDouble(), 1e-8);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void dailyProfilesAgree(JsonNode profile) {
    double[] prior = doubles(profile.get("prior"));
    double[][] byHour = new double[24][];
    for (int h = 0; h < 24; h++) {
      byHour[h] = doubles(profile.get("byHour").get(h));
    }
    double[] centre = new double[prior.length];
    for (int h = 0; h < 24; h++) {
      double bandwidth = profile.get("bandwidth").asDouble();
      Season season = bandwidth == 0 ? Season.NONE : new Season(Season.DAY_CELLS, bandwidth);
      double rests = SeasonalCentre.of(h, byHour, 1, null, prior, season, centre);

      assertClose(rests, profile.get("restsOn").get(h).asDouble(), RELATIVE);
      assertClose(centre, doubles(profile.get("centres").get(h)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learningAgrees(JsonNode expected) {
    SignalBaseline learned = learnPlain(expected);

    assertThat(learned.bins().isOrdered()).isEqualTo(expected.get("ordered").asBoolean());
    assertThat(learned.season().bandwidthHours()).isEqualTo(expected.get("bandwidth").asDouble());
    assertClose(learned.kappa(), expected.get("kappa").asDouble(), RELATIVE);
    assertClose(learned.usual(), doubles(expected.get("p")));
    JsonNode nulls = expected.get("nulls");
    assertThat(learned.nulls()).hasSize(nulls.size());
    for (int i = 0; i < nulls.size(); i++) {
      PredictiveUrn urn = learned.nulls().get(i);
      assertClose(urn.strength(), nulls.get(i).get(0).asDouble(), RELATIVE);
      assertThat(urn.memory()).isEqualTo(nulls.get(i).get(1).asInt());
      assertThat(urn.isTilted()).isEqualTo(nulls.get(i).get(2).asInt() == 1);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void binsOfLearningEventsAgree(JsonNode expected) {
    ModelBaseline baseline = learn(expected);
    PaneCounts counts = baseline.newPaneCounts();

    observations(expected).forEach(counts::addInputs);

    assertThat(counts.counts(0)).isEqualTo(ints(expected.get("counts")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evidenceOfEveryPaneAgrees(JsonNode expected) {
    SignalEvidence evidence = new SignalEvidence(learnPlain(expected), true);
    SignalState state = evidence.newState();
    double spend = expected.get("spend").asDouble();
    for (JsonNode step : expected.get("steps")) {
      long start = step.get("start").asLong();

      evidence.step(state, start, 1, ints(step.get("counts")), spend, true);

      assertClose(state.evidence, doubles(step.get("evidence")), SINGLE_PRECISION);
      assertClose(
          Arrays.copyOf(state.trust, step.get("trust").size()),
          doubles(step.get("trust")),
          SINGLE_PRECISION);
    }
  }

  static Stream<JsonNode> urns() {
    return each("urns");
  }

  static Stream<JsonNode> profiles() {
    return each("profiles");
  }

  static Stream<JsonNode> cases() {
    return each("cases");
  }

  private static Stream<JsonNode> each(String field) {
    return StreamSupport.stream(REFERENCE.get(field).spliterator(), false);
  }

  private static ModelBaseline learn(JsonNode expected) {
    LearningOutcome outcome =
        ModelBaselineLearner.learn(observations(expected), new TreeMap<>(), 3_600_000, .002);
    return ((LearningOutcome.Learned) outcome).baseline();
  }

  /** Without what was added to the reference. */
  private static SignalBaseline learnPlain(JsonNode expected) {
    SignalBins bins = learn(expected).signals().get(0).bins();
    SignalSource source = SignalSource.feature("x");
    LearningPanes panes = LearningPanes.empty();
    long first = expected.get("events").get(0).get(0).asLong() / 3_600_000;
    TreeMap<Long, int[]> byHour = new TreeMap<>();
    for (RecordedObservation event : observations(expected)) {
      int bin = bins.bin(source.number(event), source.word(event));
      long hour = event.timeMillis() / 3_600_000;
      byHour.computeIfAbsent(hour, missing -> new int[bins.size()])[bin]++;
    }
    byHour.forEach((hour, counts) -> panes.add(counts, hour, (hour - first) / 24));
    return SignalLearner.learnPlain("x", SignalGroup.INPUT, bins, panes, .002);
  }

  private static List<RecordedObservation> observations(JsonNode expected) {
    List<RecordedObservation> events = new ArrayList<>();
    for (JsonNode event : expected.get("events")) {
      JsonNode value = event.get(1);
      Map<String, Object> features = new HashMap<>();
      features.put(
          "x", value.isNull() ? null : value.isTextual() ? value.asText() : value.asDouble());
      events.add(RecordedObservation.ofFeatures(event.get(0).asLong(), features));
    }
    return events;
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertClose(actual, expected, RELATIVE);
  }

  private static void assertClose(double[] actual, double[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertClose(actual[i], expected[i], relative);
    }
  }

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(Math.abs(expected) * relative));
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static JsonNode reference() {
    try (InputStream in = ModelReferenceTest.class.getResourceAsStream("model_reference.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
