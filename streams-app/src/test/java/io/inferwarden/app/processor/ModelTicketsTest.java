package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.detectors.model.LearningOutcome;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelTicketsTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 492_336 * HOUR;
  private static final int LEARNED = 60;
  private static final DetectionSettings SETTINGS = SettingsOf.policy(Policy.defaults(), 1, false);

  private final JudgedBaseline judged = new JudgedBaseline("scorer", "bl_1");

  /** An event of one number. */
  private record Amount(long timeMillis, double value) implements Observation {
    @Override
    public int featureCount() {
      return 1;
    }

    @Override
    public String featureName(int index) {
      return "amount";
    }

    @Override
    public double featureNumber(int index) {
      return value;
    }

    @Override
    public @Nullable String featureWord(int index) {
      return null;
    }

    @Override
    public @Nullable String label() {
      return null;
    }

    @Override
    public int scoreCount() {
      return 0;
    }

    @Override
    public double score(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public double regressionValue() {
      return Double.NaN;
    }

    @Override
    public long inputFingerprint() {
      return 0;
    }
  }

  @Test
  void aSlowDriftIsTicketedOnceADayAndShownAsAGauge() {
    List<ModelTickets.Ticket> tickets = month(.0005, 0);

    assertThat(tickets)
        .filteredOn(ticket -> ticket.kind() == IncidentKind.SLOW_DRIFT)
        .hasSizeBetween(3, 25)
        .allSatisfy(
            ticket -> {
              assertThat(ticket.level()).isGreaterThan(1);
              assertThat(ticket.evidence().get(0).signal()).isEqualTo("amount");
              assertThat(ticket.evidence().get(0).change()).isNotNull();
            });
    assertThat(judged.view.settledDrift()).isGreaterThan(SETTINGS.tolerancePsi());
  }

  @Test
  void aStreamThatWandersSuspendsThePromiseAndNamesTheSignal() {
    List<ModelTickets.Ticket> tickets = month(0, .2);

    assertThat(tickets)
        .filteredOn(ticket -> ticket.kind() == IncidentKind.PROMISE_SUSPENDED)
        .isNotEmpty()
        .allSatisfy(
            ticket -> assertThat(ticket.evidence().get(0).signal()).isIn("amount", "all signals"));
  }

  @Test
  void aBaselineWithoutBehaviourIsBlindAndSaysWhy() {
    ModelTickets tickets =
        new ModelTickets(SETTINGS, record(List.of("behaviour: a baseline needs 200 events")));

    List<ModelTickets.Ticket> first = tickets.after(judged, START, null, true);
    List<ModelTickets.Ticket> sameDay = tickets.after(judged, START + HOUR, null, true);
    List<ModelTickets.Ticket> nextDay = tickets.after(judged, START + 24 * HOUR, null, true);

    assertThat(first).hasSize(1);
    assertThat(first.get(0).kind()).isEqualTo(IncidentKind.BLIND);
    assertThat(first.get(0).evidence().get(0).sentence())
        .isEqualTo("inputs and outputs are not watched: a baseline needs 200 events");
    assertThat(sameDay).isEmpty();
    assertThat(nextDay).hasSize(1);
  }

  /** Tickets of a month of hourly panes whose mean drifts, and wanders from pane to pane. */
  private List<ModelTickets.Ticket> month(double driftPerHour, double wander) {
    Random random = new Random(1);
    List<Amount> sample = new ArrayList<>();
    for (int w = 0; w < LEARNED; w++) {
      sample.addAll(pane(random, w, 0));
    }
    LearningOutcome outcome =
        ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, SETTINGS.tolerancePsi());
    ModelBaseline baseline = ((LearningOutcome.Learned) outcome).baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelTickets tickets = new ModelTickets(SETTINGS, record(List.of()));
    List<ModelTickets.Ticket> told = new ArrayList<>();
    double wandered = 0;
    for (int w = LEARNED; w < LEARNED + 30 * 24; w++) {
      wandered = .8 * wandered + .6 * wander * random.nextGaussian();
      PaneCounts counts = baseline.newPaneCounts();
      pane(random, w, (w - LEARNED) * driftPerHour + wandered).forEach(counts::add);
      detector.step(judged.state(detector), START + w * HOUR, counts, 1e-6);
      told.addAll(tickets.after(judged, START + w * HOUR, detector, true));
    }
    return told;
  }

  private static List<Amount> pane(Random random, int w, double mean) {
    List<Amount> events = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      events.add(new Amount(START + w * HOUR + i, mean + random.nextGaussian()));
    }
    return events;
  }

  private static BaselineRecord record(List<String> notes) {
    byte[] principals = {1};
    return new BaselineRecord(
        "bl_1", "scorer", "1", true, 0, 1, 1, "stream", principals, null, null, null, notes);
  }
}
