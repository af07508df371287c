package io.inferwarden.app.demo;

import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a thief makes of the answers: a copy of the model, and how well it agrees with it on natural
 * rows after so many queries.
 */
final class StolenCopy {
  private static final int HIDDEN = 16;
  private static final int STEPS = 25_000;
  private static final int HELD_OUT = 1000;

  private final ServedModel victim;
  private final SplittableRandom random;
  private final List<double[]> rows = new ArrayList<>();
  private final List<double[]> answers = new ArrayList<>();

  StolenCopy(ServedModel victim, SplittableRandom random) {
    this.victim = victim;
    this.random = random;
  }

  void add(double[] row, double[] answer) {
    rows.add(row);
    answers.add(answer);
  }

  int queries() {
    return rows.size();
  }

  double[] row(int query) {
    return rows.get(query);
  }

  int label(int query) {
    return Classifier.largest(answers.get(query));
  }

  /** A copy learned from all answers so far. */
  Classifier learn() {
    return learn(rows.size());
  }

  private Classifier learn(int queries) {
    return Classifier.train(
        victim.space(),
        rows.subList(0, queries),
        answers.subList(0, queries),
        HIDDEN,
        Math.max(1, STEPS / queries),
        random.split());
  }

  /** The campaign's label, with its progress after 25, 50, 100 ... queries and at the end. */
  Campaign campaign(String attack, int principals) {
    List<double[]> heldOut = new ArrayList<>();
    for (int i = 0; i < HELD_OUT; i++) {
      heldOut.add(victim.population().draw(random));
    }
    List<Progress> progress = new ArrayList<>();
    for (int queries = 25; queries < rows.size(); queries *= 2) {
      progress.add(progress(queries, heldOut));
    }
    progress.add(progress(rows.size(), heldOut));
    return new Campaign(attack, principals, progress);
  }

  private Progress progress(int queries, List<double[]> heldOut) {
    return new Progress(queries, learn(queries).agreement(victim.classifier(), heldOut));
  }
}
