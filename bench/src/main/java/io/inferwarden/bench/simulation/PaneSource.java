package io.inferwarden.bench.simulation;

/** Draws the panes of one simulated stream in the order of time; may remember earlier ones. */
@FunctionalInterface
interface PaneSource {
  /**
   * Draws a pane.
   *
   * @param startMillis its start, milliseconds since the epoch
   * @param pane its number, counted from the start of learning
   * @param events how many events it has
   */
  Pane draw(long startMillis, int pane, int events);

  /** Makes the source of one stream. */
  @FunctionalInterface
  interface Factory {
    PaneSource of(StreamRandom random);
  }
}
