package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class FoldCommonCausesTest {
  private static final long HOUR = 3_600_000;
  private static final long NOON = 20_000L * 24 * HOUR + 12 * HOUR;

  private ObjectStore<Long> progress = Restored.empty(StateCodec.LONG);
  private ObjectStore<FleetPane> panes = Restored.empty(FleetPane.CODEC);
  private ObjectStore<FleetCause> causes = Restored.empty(FleetCause.CODEC);
  private final List<Finding> raised = new ArrayList<>();
  private final List<Long> moments = new ArrayList<>();
  private int partitions = 1;

  private MockProcessorContext<String, Object> context;
  private FoldCommonCauses stage = start();

  private FoldCommonCauses start() {
    context =
        new MockProcessorContext<>() {
          @Override
          @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Streams declares it
          public <S extends StateStore> S getStateStore(String name) {
            return (S)
                switch (name) {
                  case Stores.FLEET_PROGRESS -> progress;
                  case Stores.FLEET_PANES -> panes;
                  case Stores.FLEET_CAUSES -> causes;
                  default -> throw new IllegalArgumentException(name);
                };
          }
        };
    context.setCurrentSystemTimeMs(0);
    FoldCommonCauses started =
        new FoldCommonCauses(
            Restored.settings(partitions),
            new AppMetrics(new CollectorRegistry()),
            new CommitPace.Threads());
    started.init(context);
    return started;
  }

  private void restart() {
    progress = Restored.copy(progress, StateCodec.LONG);
    panes = Restored.copy(panes, FleetPane.CODEC);
    causes = Restored.copy(causes, FleetCause.CODEC);
    stage = start();
  }

  private List<Finding> hears(FleetMessage... messages) {
    for (FleetMessage message : messages) {
      stage.process(new Record<>("", message, 0));
    }
    List<Finding> news = new ArrayList<>();
    moments.clear();
    for (MockProcessorContext.CapturedForward<? extends String, ?> forwarded :
        context.forwarded()) {
      Object value = forwarded.record().value();
      if (value instanceof Finding finding) {
        news.add(finding);
      } else {
        moments.add(((IncidentAction.Moment) value).eventTimeMillis());
      }
    }
    context.resetForwards();
    raised.addAll(news);
    return news;
  }

  @Test
  void timePassesOnceForAllAndOnlyAsFarAsAnythingWasSeen() {
    partitions = 2;
    stage = start();

    hears(judged(0, NOON));
    assertThat(moments).isEmpty();
    hears(judged(1, NOON + HOUR));
    assertThat(moments).containsExactly(NOON);
    hears(judged(1, NOON + 2 * HOUR));
    assertThat(moments).isEmpty();
    hears(new FleetMessage.Judged(0, NOON + 9 * HOUR, NOON + HOUR));
    assertThat(moments).containsExactly(NOON + HOUR);
  }

  private static FleetMessage.Raised finding(String model, String signal, long at) {
    return finding(model, signal, at, IncidentKind.INPUT_DRIFT, Severity.HIGH);
  }

  private static FleetMessage.Raised finding(
      String model, String signal, long at, IncidentKind kind, Severity severity) {
    return new FleetMessage.Raised(
        new Finding(
            "model:" + model,
            model,
            "1",
            kind,
            severity,
            at,
            at - 2 * HOUR,
            500,
            7 + model.hashCode() % 5,
            List.of(Evidence.ofModel(signal, .8, "above 100", .1, .6))));
  }

  private static FleetMessage.Note note(String model, long at, String signal, double level) {
    FleetMessage.Cause cause = new FleetMessage.Cause(signal, level, .9, "above 100", .1, .2);
    return new FleetMessage.Note(model, "bl_" + model, at, at - HOUR, 500, false, List.of(cause));
  }

  private static FleetMessage.Judged judged(int partition, long until) {
    return new FleetMessage.Judged(partition, until, until);
  }

  private static FleetMessage[] broken(int models, long at) {
    return IntStream.range(0, models)
        .mapToObj(model -> finding("m" + model, "amount", at))
        .toArray(FleetMessage[]::new);
  }

  @Test
  void fortyModelsFedByOneBrokenFeatureAreOneFindingThatNamesThem() {
    hears(broken(40, NOON));
    hears(finding("other", "age", NOON));

    List<Finding> news = hears(judged(0, NOON));

    assertThat(news)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("fleet:amount", "model:other");
    Finding common = of(news, "fleet:amount");
    assertThat(common.kind()).isEqualTo(IncidentKind.COMMON_CAUSE);
    assertThat(common.model()).isEqualTo(Finding.ANY_MODEL);
    assertThat(common.models()).hasSize(40).contains("m0", "m39");
    assertThat(common.atMillis()).isEqualTo(NOON);
    assertThat(common.onsetMillis()).isEqualTo(NOON - 2 * HOUR);
    assertThat(common.events()).isEqualTo(40 * 500);
    assertThat(common.evidence().get(0).signal()).isEqualTo("amount");
    assertThat(common.evidence().get(0).sentence()).endsWith("where it is clearest");
  }

  private static Finding of(List<Finding> findings, String subject) {
    return findings.stream().filter(f -> f.subject().equals(subject)).findFirst().orElseThrow();
  }

  @Test
  void aSingleModelsChangeGoesOnAsItCame() {
    FleetMessage.Raised own = finding("m1", "amount", NOON);

    assertThat(hears(own, judged(0, NOON))).containsExactly(own.finding());
  }

  @Test
  void twoModelsWithTheSameCauseAreACoincidence() {
    assertThat(hears(finding("a", "amount", NOON), finding("b", "amount", NOON), judged(0, NOON)))
        .extracting(Finding::subject)
        .containsExactly("model:a", "model:b");
  }

  @Test
  void modelsThatBeganToMoveAboutThenJoinTheIncident() {
    hears(finding("a", "amount", NOON), finding("b", "amount", NOON), judged(0, NOON));

    List<Finding> third = hears(finding("c", "amount", NOON + HOUR), judged(0, NOON + HOUR));
    List<Finding> fourth =
        hears(finding("d", "amount", NOON + 3 * HOUR), judged(0, NOON + 3 * HOUR));
    List<Finding> another =
        hears(finding("e", "amount", NOON + 9 * HOUR), judged(0, NOON + 9 * HOUR));

    assertThat(third).extracting(Finding::subject).containsExactly("fleet:amount");
    assertThat(third.get(0).models()).containsExactly("a", "b", "c");
    assertThat(fourth).extracting(Finding::subject).containsExactly("fleet:amount");
    assertThat(fourth.get(0).models()).contains("d");
    // What began hours later has another cause.
    assertThat(another).extracting(Finding::subject).containsExactly("model:e");
  }

  @Test
  void afterTheQuietPeriodModelsSpeakForThemselvesAgain() {
    hears(broken(5, NOON));
    hears(judged(0, NOON));

    long later = NOON + 25 * HOUR;
    assertThat(hears(finding("m1", "amount", later), judged(0, later)))
        .extracting(Finding::subject)
        .containsExactly("model:m1");
  }

  @Test
  void theGravestOfTheModelsDecidesHowGraveItIs() {
    FleetMessage.Raised replaced =
        finding("x", "amount", NOON, IncidentKind.MODEL_REPLACED, Severity.CRITICAL);
    hears(broken(5, NOON));

    assertThat(hears(replaced, judged(0, NOON)).get(0).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whatDoesNotPageWaitsForNobody() {
    FleetMessage.Raised ticket =
        finding("x", "amount", NOON, IncidentKind.SLOW_DRIFT, Severity.LOW);

    assertThat(hears(ticket)).containsExactly(ticket.finding());
  }

  @Test
  void evidenceThatNoModelAlarmsByAddsUpOverTheFleet() {
    for (int model = 0; model < 30; model++) {
      hears(note("m" + model, NOON, "amount", .4));
    }
    hears(note("hardly", NOON, "amount", .01), note("elsewhere", NOON, "age", .9));

    List<Finding> news = hears(judged(0, NOON));

    assertThat(news).extracting(Finding::subject).containsExactly("fleet:amount");
    assertThat(news.get(0).level()).isCloseTo(.1 * (30 * .4 + .01), within(1e-9));
    assertThat(news.get(0).chanceOnceInMillis()).isPositive();
    assertThat(news.get(0).models()).hasSize(30).doesNotContain("hardly", "elsewhere");
  }

  @Test
  void evidenceThatHasCountedIsNotCountedAgainAfterTheQuietPeriod() {
    for (long at = NOON; at <= NOON + 60 * HOUR; at += HOUR) {
      for (int model = 0; model < 30; model++) {
        hears(note("m" + model, at, "amount", .4));
      }
      hears(judged(0, at));
    }

    assertThat(raised).hasSize(1);
  }

  @Test
  void decidesAPaneOnlyWhenAllJudgesHaveJudgedIt() {
    partitions = 3;
    restart();
    hears(broken(5, NOON));

    assertThat(hears(judged(0, NOON), judged(1, NOON))).isEmpty();
    assertThat(hears(judged(2, NOON - HOUR))).isEmpty();
    assertThat(hears(judged(2, NOON))).hasSize(1);
  }

  @Test
  void theOrderInWhichJudgesTellAndARestartChangeNothing() {
    partitions = 3;
    List<Finding> expected = run(1, false);

    assertThat(expected).extracting(Finding::subject).contains("fleet:amount", "model:m7");
    assertThat(run(2, false)).isEqualTo(expected);
    assertThat(run(3, true)).isEqualTo(expected);
  }

  /** Three judges tell of a day; messages of one judge keep their order, panes are shuffled. */
  private List<Finding> run(long seed, boolean restarts) {
    progress = Restored.empty(StateCodec.LONG);
    panes = Restored.empty(FleetPane.CODEC);
    causes = Restored.empty(FleetCause.CODEC);
    raised.clear();
    stage = start();
    Random random = new Random(seed);
    List<List<FleetMessage>> judges = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      judges.add(day(partition, random));
    }
    int[] next = new int[partitions];
    while (IntStream.range(0, partitions).anyMatch(p -> next[p] < judges.get(p).size())) {
      int partition = random.nextInt(partitions);
      if (next[partition] < judges.get(partition).size()) {
        hears(judges.get(partition).get(next[partition]++));
      }
      if (restarts && random.nextInt(10) == 0) {
        restart();
      }
    }
    return List.copyOf(raised);
  }

  private static List<FleetMessage> day(int partition, Random random) {
    List<FleetMessage> messages = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      long at = NOON + hour * HOUR;
      List<FleetMessage> ofPane = new ArrayList<>();
      for (int model = partition; model < 21; model += 3) {
        ofPane.add(note("m" + model, at, "amount", .01 * hour * (1 + model % 4)));
        if (hour > 18 || (hour == 4 && model == 7)) {
          ofPane.add(finding("m" + model, "amount", at));
        }
      }
      Collections.shuffle(ofPane, random);
      messages.addAll(ofPane);
      messages.add(judged(partition, at));
    }
    return messages;
  }

  @Test
  void keepsNothingOfACauseThatIsOver() {
    hears(broken(5, NOON));
    hears(note("m1", NOON, "age", .1), judged(0, NOON));
    long later = NOON + 50 * HOUR;

    hears(note("m1", later, "income", .1), judged(0, later));

    assertThat(causes.sortedKeys()).containsExactly("income");
    assertThat(panes.sortedKeys()).isEmpty();
  }
}
