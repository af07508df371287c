package io.inferwarden.bench.simulation;

import io.inferwarden.detectors.signal.Observation;
import org.jspecify.annotations.Nullable;

/** One event of a pane, as detectors see it. */
final class PaneEvent implements Observation {
  private static final int MOST_FEATURES = 64;
  private static final String[] NAMES = names();

  private final Pane pane;
  private int event;

  PaneEvent(Pane pane, int event) {
    this.pane = pane;
    this.event = event;
  }

  /** Moves this view to another event of its pane. */
  PaneEvent at(int other) {
    event = other;
    return this;
  }

  private static String[] names() {
    String[] names = new String[MOST_FEATURES];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
    }
    return names;
  }

  @Override
  public long timeMillis() {
    return pane.startMillis();
  }

  @Override
  public int featureCount() {
    return pane.columns().size();
  }

  @Override
  public String featureName(int index) {
    return NAMES[index];
  }

  @Override
  public double featureNumber(int index) {
    return pane.columns().get(index).number(event);
  }

  @Override
  public @Nullable String featureWord(int index) {
    return pane.columns().get(index).word(event);
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
    throw new IndexOutOfBoundsException("a simulated event has no scores, asked for " + index);
  }

  @Override
  public double regressionValue() {
    return Double.NaN;
  }

  @Override
  public long inputFingerprint() {
    long hash = 1;
    for (Column column : pane.columns()) {
      String word = column.word(event);
      long value =
          word == null ? Double.doubleToLongBits(column.number(event)) : (long) word.hashCode();
      hash = StreamRandom.mixed(hash * 31 + value);
    }
    return hash;
  }

  @Override
  public long principalHash() {
    return pane.principalHash(event);
  }
}
