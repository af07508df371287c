package io.inferwarden.app.command;

import io.inferwarden.app.backtest.LearningWindow;
import io.inferwarden.app.backtest.RelearnPlan;
import io.inferwarden.app.backtest.VersionCensus;
import io.inferwarden.app.backtest.VersionLearning;
import io.inferwarden.app.baseline.BaselinePromotion;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.BenignChange;
import io.inferwarden.app.cluster.EventHistory;
import io.inferwarden.app.names.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Learns the models that a benign change is about from what the topic holds of them. */
final class RelearningModels {
  private final BenignChange change;
  private final LearningWindow window;
  private final EventHistory history;
  private final BaselineRegistry known = new BaselineRegistry(Stores.BASELINES);
  private final String origin;
  private final int modelsKnown;
  private final List<BaselineRecord> replaced = new ArrayList<>();
  private final List<String> lacking = new ArrayList<>();

  RelearningModels(
      BenignChange change,
      LearningWindow window,
      EventHistory history,
      List<BaselineRecord> inForce,
      String origin) {
    this.change = change;
    this.window = window;
    this.history = history;
    this.origin = origin;
    Set<String> models = new TreeSet<>(change.models());
    for (BaselineRecord baseline : inForce) {
      known.accept(baseline.topicKey(), baseline.toBytes());
      models.add(baseline.model());
    }
    this.modelsKnown = models.size();
  }

  /** The new baselines; fewer than there are models where one has too little to learn from. */
  List<BaselineRecord> learn(ProgressLine progress) throws IOException {
    Optional<String> tooShort = window.lacking(change.onset());
    if (tooShort.isPresent()) {
      lacking.add(tooShort.get());
      return List.of();
    }
    VersionCensus census = new VersionCensus(window.policy().pane().toMillis());
    long[] counted = new long[1];
    history.read(
        Set.copyOf(change.models()),
        window.from(),
        window.until(),
        (event, fraction) -> {
          census.add(event.model(), event.version(), event.timeMillis());
          progress.show("Counting", ++counted[0], fraction);
        });
    List<BaselineRecord> learned = new ArrayList<>();
    for (String model : change.models()) {
      RelearnPlan plan = RelearnPlan.of(change.incident(), model, known.of(model), census);
      Optional<String> tooLittle = census.lacking(model, plan.version());
      if (tooLittle.isPresent()) {
        lack(plan, tooLittle.get());
      } else {
        learn(plan, census, progress).ifPresent(learned::add);
      }
    }
    progress.clear();
    return learned;
  }

  private Optional<BaselineRecord> learn(
      RelearnPlan plan, VersionCensus census, ProgressLine progress) throws IOException {
    try (VersionLearning learning = new VersionLearning(plan, window, census)) {
      long[] read = new long[1];
      history.read(
          Set.of(plan.model()),
          window.from(),
          window.until(),
          (event, fraction) -> {
            learning.accept(event.version(), event.json());
            progress.show("Learning", ++read[0], fraction);
          });
      Optional<BaselineRecord> learned = learning.finish();
      if (learned.isEmpty() || learned.get().behaviour() == null) {
        lack(
            plan,
            "too little to learn from"
                + learned.map(record -> ": " + String.join("; ", record.notes())).orElse(""));
        return Optional.empty();
      }
      plan.replaced().ifPresent(replaced::add);
      return Optional.of(
          BaselinePromotion.inPlaceOf(plan.replaced(), learned.get(), modelsKnown, origin));
    }
  }

  private void lack(RelearnPlan plan, String reason) {
    lacking.add(
        Terminal.line(
            plan.model()
                + (plan.version().isEmpty() ? "" : " version " + plan.version())
                + ", from "
                + window.from()
                + " to "
                + window.until()
                + ": "
                + reason));
  }

  /** The baselines that the new ones take the place of. */
  List<BaselineRecord> replaced() {
    return replaced;
  }

  /** What could not be learned, and why: one line each. */
  List<String> lacking() {
    return lacking;
  }
}
