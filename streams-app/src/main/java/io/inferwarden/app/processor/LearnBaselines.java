package io.inferwarden.app.processor;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineFitter;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.chat.Excess;
import io.inferwarden.detectors.state.StateReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the learning sample of each model version and learns its baseline when the learning time
 * is over in every partition. Where there was too little to learn from, it goes on for as long
 * again.
 */
final class LearnBaselines implements Processor<String, LearningMessage, String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(LearnBaselines.class);

  /** Where a baseline comes from that was learned here. */
  static final String ORIGIN = "stream";

  /** Versions learned in one go: a commit must come between, before the transaction times out. */
  private static final int MOST_AT_ONCE = 1;

  private static final Duration GO_ON = Duration.ofMillis(250);

  private static final String BY_FEATURES = "principals: ";
  private static final String BY_TEXT = "conversations: ";

  /** Marks a version that is learned. */
  private static final long DONE = Long.MIN_VALUE;

  private final DetectionSettings settings;
  private final BaselineFitter fitter;
  private final AppMetrics metrics;
  private final LearningMemory memory;
  private final CommitPace.Threads threads;
  private ProcessorContext<String, Object> context;
  private BaselineRegistry registry;
  private LearningSamples samples;
  private ObjectStore<Long> learnUntil;
  private Progresses progresses;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  LearnBaselines(
      DetectionSettings settings,
      AppMetrics metrics,
      LearningMemory memory,
      CommitPace.Threads threads) {
    this.settings = settings;
    this.metrics = metrics;
    this.memory = memory;
    this.threads = threads;
    this.fitter = new BaselineFitter(settings.pane().toMillis(), settings.tolerancePsi());
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    registry = context.getStateStore(Stores.BASELINES);
    ObjectStore<LearningMessage> kept = context.getStateStore(Stores.LEARNING_SAMPLES);
    samples = new LearningSamples(kept, settings::paneStart, memory);
    learnUntil = context.getStateStore(Stores.LEARNING_UNTIL);
    ObjectStore<Long> progress = context.getStateStore(Stores.LEARNING_PROGRESS);
    progresses = new Progresses(progress, settings.eventPartitions());
    threads.callEvery(GO_ON, context, now -> learnWhatIsOver());
  }

  @Override
  public void process(Record<String, LearningMessage> record) {
    LearningMessage message = record.value();
    if (message instanceof LearningMessage.Sample sample) {
      if (isLearning(BaselineRecord.topicKey(sample.model(), sample.version()))) {
        metrics.learningSamplesGivenUp.inc(samples.add(sample));
      }
    } else if (message instanceof LearningMessage.PaneTotal total) {
      if (isLearning(BaselineRecord.topicKey(total.model(), total.version()))) {
        samples.add(total);
      }
    } else if (message instanceof Progress progress && progresses.accept(progress)) {
      learnWhatIsOver();
    }
  }

  private boolean isLearning(String version) {
    Long until = learnUntil.get(version);
    return until == null || until != DONE;
  }

  private void learnWhatIsOver() {
    long watermark = progresses.watermarkMillis();
    int learned = 0;
    for (String version : samples.versions()) {
      Long extended = learnUntil.get(version);
      long until =
          extended == null
              ? settings.paneStart(samples.firstMillis(version)) + settings.learning().toMillis()
              : extended;
      if (until <= watermark && learned < MOST_AT_ONCE) {
        learn(version, until);
        learned++;
      }
    }
  }

  private void learn(String version, long until) {
    LearningSamples.Version gathered = samples.of(version);
    if (isPromoted(gathered.model(), version)) {
      LOG.info("A baseline of {} was promoted while it was being learned", gathered.model());
      learnUntil.put(version, DONE);
      samples.forget(version);
      return;
    }
    Optional<BaselineRecord> learned =
        fitter.fit(
            gathered.samples(),
            new TreeMap<>(gathered.paneTotals()),
            until,
            progresses.modelsBefore(until),
            isFirstOf(gathered.model()),
            gathered.principalShare(),
            ORIGIN);
    if (learned.isEmpty()) {
      LOG.info("Too little to learn {} from by now; learning goes on", gathered.model());
      long goesOnUntil = until + settings.learning().toMillis();
      learnUntil.put(version, goesOnUntil);
      tellBlind(gathered, version, until, goesOnUntil);
      return;
    }
    BaselineRecord baseline = gathered.isCut() ? fromCutSample(learned.get()) : learned.get();
    LOG.info(
        "Learned {} of model {} version {}", baseline.id(), baseline.model(), baseline.version());
    tellOfPrincipals(baseline);
    learnUntil.put(version, DONE);
    samples.forget(version);
    context.forward(
        new Record<>(baseline.topicKey(), baseline.toBytes(), context.currentSystemTimeMs()),
        Nodes.BASELINES);
  }

  private BaselineRecord fromCutSample(BaselineRecord baseline) {
    String note = "learned from a smaller sample: " + tooLittleMemory();
    LOG.warn("Model {} version {} was {}", baseline.model(), baseline.version(), note);
    return baseline.noting(note);
  }

  private String tooLittleMemory() {
    return "the samples of all models that learn at the same time have "
        + memory.sampleMegabytes()
        + " MB, a quarter of the heap; a larger one (-Xmx) holds more";
  }

  /** What an operator must know of how far principals are judged. */
  private void tellOfPrincipals(BaselineRecord baseline) {
    byte[] conversations = baseline.conversations();
    if (!baseline.primary()) {
      return; // the first baseline of a model judges its principals
    }
    if (baseline.principals() == null && conversations == null) {
      String reason =
          baseline.notes().stream()
              .filter(note -> note.startsWith(BY_FEATURES) || note.startsWith(BY_TEXT))
              .map(note -> note.substring(note.indexOf(' ') + 1))
              .collect(Collectors.joining("; "));
      tell(
          baseline,
          IncidentKind.BLIND,
          0,
          "principals",
          "not watched",
          "principals are not watched: " + reason);
    } else if (conversations != null) {
      Excess excess = ChatBaseline.readFrom(new StateReader(conversations)).excess();
      if (!excess.isPromiseKept()) {
        tell(
            baseline,
            IncidentKind.PROMISE_SUSPENDED,
            excess.timesPromised(),
            "principals",
            "more evidence against the learned than promised",
            String.format(
                Locale.ROOT,
                "principals: of %,d that were learned from, %,d had evidence of 20 or more and %,d of"
                    + " 100 or more, where at most 5 %% and 1 %% are promised, which fewer than 1,000"
                    + " cannot show; their share of"
                    + " the budget is spent %.1f times more sparingly",
                excess.principals(),
                excess.reached20(),
                excess.reached100(),
                excess.timesPromised()));
      }
    }
  }

  private void tell(
      BaselineRecord baseline,
      IncidentKind kind,
      double level,
      String signal,
      String description,
      String sentence) {
    Finding finding =
        new Finding(
            "principals:" + baseline.model(),
            baseline.model(),
            baseline.version(),
            kind,
            kind.severity(),
            baseline.learnedUntilMillis(),
            baseline.learnedFromMillis(),
            0,
            level,
            List.of(new Evidence(signal, 1, description, Double.NaN, Double.NaN, sentence)));
    context.forward(
        new Record<>(finding.subject(), finding, context.currentSystemTimeMs()),
        Nodes.LEARNING_FINDINGS);
  }

  /** A model that nobody can judge must not look like a healthy one. */
  private void tellBlind(
      LearningSamples.Version gathered, String version, long untilMillis, long goesOnUntilMillis) {
    int events = gathered.samples().size();
    String sentence =
        "nothing of it is watched: too little to learn from in "
            + events
            + " sampled events; learning goes on until "
            + Instant.ofEpochMilli(goesOnUntilMillis)
            + (gathered.isCut() ? "; " + tooLittleMemory() : "");
    Finding finding =
        new Finding(
            "model:" + gathered.model(),
            gathered.model(),
            version.substring(gathered.model().length() + 1),
            IncidentKind.BLIND,
            IncidentKind.BLIND.severity(),
            untilMillis,
            samples.firstMillis(version),
            events,
            0,
            Chance.UNKNOWN,
            List.of(
                new Evidence("baseline", 1, "not learned yet", Double.NaN, Double.NaN, sentence)),
            List.of());
    context.forward(
        new Record<>(finding.subject(), finding, context.currentSystemTimeMs()),
        Nodes.LEARNING_FINDINGS);
  }

  /** Whether a person put a baseline in force, which the learner must not replace. */
  private boolean isPromoted(String model, String version) {
    ModelBaselines known = registry.of(model);
    return known != null
        && known.all().stream().anyMatch(baseline -> baseline.topicKey().equals(version));
  }

  private boolean isFirstOf(String model) {
    String prefix = BaselineRecord.topicKey(model, "");
    Stream<String> learned = learnUntil.sortedKeys().stream().filter(key -> !isLearning(key));
    return registry.of(model) == null && learned.noneMatch(key -> key.startsWith(prefix));
  }

  @Override
  public void close() {
    samples.close();
  }
}
