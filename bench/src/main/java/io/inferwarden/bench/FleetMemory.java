package io.inferwarden.bench;

import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Locale;

/**
 * What the states of 1,000 models of 40 signals hold after three days of panes: bytes when written,
 * and heap as the difference of used memory, each after collections, with and without them.
 */
public final class FleetMemory {
  private static final long SEED = 17;
  private static final int PANES = 72;
  private static final int COLLECTIONS = 5;
  private static final double MEGABYTE = 1e6;

  private FleetMemory() {}

  public static void main(String[] arguments) {
    Fleet fleet = new Fleet(SEED);
    for (int i = 0; i < PANES; i++) {
      fleet.closePane();
    }
    int signals = fleet.baseline().signalNames().size();
    long written = 0;
    StateWriter writer = new StateWriter();
    for (ModelState state : fleet.states()) {
      writer.reset();
      state.writeTo(writer);
      written += writer.toBytes().length;
    }
    long with = usedBytes();
    int models = fleet.states().size();
    fleet.states().clear();
    long without = usedBytes();
    System.out.printf(
        Locale.ROOT,
        "%d models of %d signals after %d panes: %.1f MB on the heap, %.1f MB written%n",
        models,
        signals,
        PANES,
        (with - without) / MEGABYTE,
        written / MEGABYTE);
    System.out.println("their signals: " + fleet.baseline().signalNames());
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < COLLECTIONS; i++) {
      runtime.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
