package io.inferwarden.app.baseline;

import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.detectors.chat.CandidateRing;
import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.chat.ChatBaselineLearner;
import io.inferwarden.detectors.chat.ChatLearningOutcome;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalBaselineLearner;
import io.inferwarden.detectors.principal.RejectedPrincipal;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateWriter;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Learns the baselines of a model version from its sample. The order in which the sample came does
 * not matter.
 */
public final class BaselineFitter {
  /** Events of each pane in the fit, over all partitions. */
  private static final int PANE_SAMPLE = 256;

  /** A codec belongs to one thread. */
  private static final ThreadLocal<EventBinaryCodec> CODECS =
      ThreadLocal.withInitial(EventBinaryCodec::new);

  private final long paneMillis;
  private final double tolerancePsi;

  /**
   * @param paneMillis length of a pane, milliseconds
   * @param tolerancePsi population stability index up to which a change is too small to matter
   */
  public BaselineFitter(long paneMillis, double tolerancePsi) {
    this.paneMillis = paneMillis;
    this.tolerancePsi = tolerancePsi;
  }

  /**
   * Learns what can be learned.
   *
   * @param samples of one model version; those at or after {@code untilMillis} are left out
   * @param paneTotals true number of events by start of pane
   * @param primary whether principals are to be learned, too
   * @param principalShare share of the version's principals that the samples are of, in (0, 1]
   * @return empty when there is too little for any of the parts
   */
  public Optional<BaselineRecord> fit(
      List<LearningMessage.Sample> samples,
      SortedMap<Long, Long> paneTotals,
      long untilMillis,
      int modelsKnown,
      boolean primary,
      double principalShare,
      String origin) {
    List<LearningMessage.Sample> ordered = new ArrayList<>(samples);
    ordered.removeIf(sample -> sample.timeMillis() >= untilMillis);
    if (ordered.isEmpty()) {
      return Optional.empty();
    }
    ordered.sort(
        Comparator.comparingLong(LearningMessage.Sample::timeMillis)
            .thenComparingLong(LearningMessage.Sample::hash));
    SortedMap<Long, Long> totals = new TreeMap<>(paneTotals).headMap(untilMillis);
    List<String> notes = new ArrayList<>();
    List<String> principalNotes = new ArrayList<>();
    CompletableFuture<LearnedPrincipals>
        principalsToCome = // beside the behaviour: on a core of its own if there is one
        CompletableFuture.supplyAsync(
                () ->
                    primary
                        ? learnPrincipals(ordered, principalShare, principalNotes)
                        : LearnedPrincipals.NONE);
    byte[] behaviour = learnBehaviour(ordered, totals, notes);
    LearnedPrincipals learned = principalsToCome.join();
    byte[] principals = learned.byFeatures().orElse(null);
    byte[] conversations = learned.byText().orElse(null);
    notes.addAll(0, principalNotes);
    byte[] rate = primary ? learnRate(totals, notes) : null;
    if (principals == null && conversations == null && behaviour == null) {
      return Optional.empty();
    }
    String model = ordered.get(0).model();
    String version = ordered.get(0).version();
    return Optional.of(
        new BaselineRecord(
            BaselineRecord.idOf(
                model,
                version,
                untilMillis,
                present(
                    List.of(
                        learned.byFeatures(),
                        learned.byText(),
                        Optional.ofNullable(behaviour),
                        Optional.ofNullable(rate)))),
            model,
            version,
            primary,
            Math.floorDiv(ordered.get(0).timeMillis(), paneMillis) * paneMillis,
            untilMillis,
            modelsKnown,
            origin,
            principals,
            conversations,
            behaviour,
            rate,
            notes));
  }

  private static List<byte[]> present(List<Optional<byte[]>> parts) {
    return parts.stream().flatMap(Optional::stream).toList();
  }

  /** Baselines of principals, by what they ask with. */
  private record LearnedPrincipals(Optional<byte[]> byFeatures, Optional<byte[]> byText) {
    static final LearnedPrincipals NONE = new LearnedPrincipals(Optional.empty(), Optional.empty());
  }

  private LearnedPrincipals learnPrincipals(
      List<LearningMessage.Sample> ordered, double principalShare, List<String> notes) {
    if (principalShare < 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              "principals: learned from %.1f %% of them, those with the smallest hashes",
              100 * principalShare));
    }
    List<LearningSample> byFeatures = new ArrayList<>();
    List<LearningSample> byText = new ArrayList<>();
    for (LearningMessage.Sample sample : ordered) {
      if (sample.principalOrdinal() > 0) {
        InferenceEvent event = decode(sample);
        EventObservation observation = new EventObservation(event);
        (ChatBaseline.isChat(observation) ? byText : byFeatures)
            .add(new LearningSample(event.principal(), observation));
      }
    }
    return new LearnedPrincipals(
        byFeatures.isEmpty() && !byText.isEmpty()
            ? Optional.empty()
            : learnByFeatures(byFeatures, principalShare, notes),
        byText.isEmpty() ? Optional.empty() : learnByText(byText, principalShare, notes));
  }

  private static Optional<byte[]> learnByFeatures(
      List<LearningSample> learning, double principalShare, List<String> notes) {
    var outcome = PrincipalBaselineLearner.learn(learning, principalShare);
    outcome.report().omissions().forEach(omission -> notes.add("principals: " + omission));
    noteRejected(outcome.report().rejected(), notes);
    return outcome
        .baseline()
        .map(
            baseline -> {
              StateWriter out = new StateWriter();
              baseline.writeTo(out);
              return out.toBytes();
            });
  }

  private static Optional<byte[]> learnByText(
      List<LearningSample> learning, double principalShare, List<String> notes) {
    ChatLearningOutcome outcome = ChatBaselineLearner.learn(learning, principalShare);
    outcome.report().omissions().forEach(omission -> notes.add("conversations: " + omission));
    for (CandidateRing ring : outcome.report().candidateRings()) {
      notes.add(
          "conversations: "
              + ring.principals().size()
              + " principals form a small kind of their own by "
              + ring.signal()
              + ", perhaps a ring: "
              + String.join(", ", ring.principals()));
    }
    noteRejected(outcome.report().rejected(), notes);
    return outcome
        .baseline()
        .map(
            baseline -> {
              StateWriter out = new StateWriter();
              baseline.writeTo(out);
              return out.toBytes();
            });
  }

  private static void noteRejected(List<RejectedPrincipal> principals, List<String> notes) {
    for (RejectedPrincipal rejected : principals) {
      notes.add(
          "principal "
              + rejected.principal()
              + " is left out of what is usual: "
              + String.join(", ", rejected.signals()));
    }
  }

  private byte @Nullable [] learnBehaviour(
      List<LearningMessage.Sample> ordered, SortedMap<Long, Long> totals, List<String> notes) {
    List<Observation> observations = new ArrayList<>();
    for (LearningMessage.Sample sample : paneSample(ordered)) {
      observations.add(new EventObservation(decode(sample)));
    }
    var outcome = ModelBaselineLearner.learn(observations, totals, paneMillis, tolerancePsi);
    if (outcome instanceof io.inferwarden.detectors.model.LearningOutcome.Learned learned) {
      ModelBaseline baseline = learned.baseline();
      StateWriter out = new StateWriter();
      baseline.writeTo(out);
      return out.toBytes();
    }
    notes.add(
        "behaviour: "
            + ((io.inferwarden.detectors.model.LearningOutcome.TooLittle) outcome).reason());
    return null;
  }

  /** The events with the smallest hashes of each pane, in order of time. */
  private List<LearningMessage.Sample> paneSample(List<LearningMessage.Sample> ordered) {
    Map<Long, List<LearningMessage.Sample>> panes = new HashMap<>();
    for (LearningMessage.Sample sample : ordered) {
      if (sample.paneSampled()) {
        panes
            .computeIfAbsent(
                Math.floorDiv(sample.timeMillis(), paneMillis), pane -> new ArrayList<>())
            .add(sample);
      }
    }
    List<LearningMessage.Sample> chosen = new ArrayList<>();
    for (List<LearningMessage.Sample> pane : panes.values()) {
      pane.sort(Comparator.comparingLong(LearningMessage.Sample::hash));
      chosen.addAll(pane.subList(0, Math.min(PANE_SAMPLE, pane.size())));
    }
    chosen.sort(
        Comparator.comparingLong(LearningMessage.Sample::timeMillis)
            .thenComparingLong(LearningMessage.Sample::hash));
    return chosen;
  }

  private byte @Nullable [] learnRate(SortedMap<Long, Long> totals, List<String> notes) {
    Optional<RateBaseline> learned = RateBaseline.learn(totals, paneMillis);
    if (learned.isEmpty()) {
      notes.add("rate: too few panes to know how many requests are usual");
      return null;
    }
    StateWriter out = new StateWriter();
    learned.get().writeTo(out);
    return out.toBytes();
  }

  private InferenceEvent decode(LearningMessage.Sample sample) {
    InferenceEvent event = new InferenceEvent();
    CODECS.get().decode(sample.event(), event);
    return event;
  }
}
