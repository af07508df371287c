package io.inferwarden.bench.simulation.rival;

import org.jspecify.annotations.Nullable;

/** The detectors that run beside ours, each with the settings it is usually run with. */
public enum Rival {
  /** Alarms in every pane: what any measure of delay must be read against. */
  ALWAYS_FIRE("always fires") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return values -> true;
    }

    @Override
    public WordRule ofWords(String[] reference) {
      return values -> true;
    }
  },

  /** Population stability index above 0.2. */
  STABILITY_INDEX("PSI > 0.2") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return StabilityIndexRule.ofNumbers(reference);
    }

    @Override
    public WordRule ofWords(String[] reference) {
      return StabilityIndexRule.ofWords(reference);
    }
  },

  /** Two-sample Kolmogorov-Smirnov test at 5 % in every pane; numbers only. */
  KOLMOGOROV_SMIRNOV("KS at 5 %") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return KolmogorovSmirnovRule.of(reference);
    }

    @Override
    public @Nullable WordRule ofWords(String[] reference) {
      return null;
    }
  },

  /** What Evidently does when nothing is configured. */
  EVIDENTLY("Evidently default") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return EvidentlyDefault.ofNumbers(reference);
    }

    @Override
    public WordRule ofWords(String[] reference) {
      return EvidentlyDefault.ofWords(reference);
    }
  },

  /** Adaptive windowing at delta 0.002; numbers only. */
  ADWIN("ADWIN") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return streaming(new Adwin()::add, reference);
    }

    @Override
    public @Nullable WordRule ofWords(String[] reference) {
      return null;
    }
  },

  /** Page-Hinkley at delta 0.005, lambda 50; numbers only. */
  PAGE_HINKLEY("Page–Hinkley") {
    @Override
    public NumberRule ofNumbers(double[] reference) {
      return streaming(new PageHinkley()::add, reference);
    }

    @Override
    public @Nullable WordRule ofWords(String[] reference) {
      return null;
    }
  };

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  /** As it is printed. */
  public String title() {
    return title;
  }

  /**
   * The rule for a number.
   *
   * @param reference the values learned from, finite, in the order of time, at least one
   */
  public abstract NumberRule ofNumbers(double[] reference);

  /** The rule for a category of these learned values; null where it has none. */
  public abstract @Nullable WordRule ofWords(String[] reference);

  /** Accepts one value; true when it alarms at it. */
  @FunctionalInterface
  private interface ValueDetector {
    boolean add(double value);
  }

  /**
   * A detector that needs no reference watches the learning period too, where its alarms do not
   * count. Every value is shown to it, also those after an alarm.
   */
  private static NumberRule streaming(ValueDetector detector, double[] reference) {
    for (double value : reference) {
      detector.add(value);
    }
    return values -> {
      boolean alarms = false;
      for (double value : values) {
        alarms |= detector.add(value);
      }
      return alarms;
    };
  }
}
