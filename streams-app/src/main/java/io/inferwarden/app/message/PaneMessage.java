package io.inferwarden.app.message;

import java.util.List;

/** What the judge of models hears, by model. */
public sealed interface PaneMessage permits PaneMessage.Summary, PaneMessage.Ready, Progress {

  /**
   * The bin counts of one partition, baseline and pane; counts of several partitions merge by
   * adding.
   *
   * @param counts of the inputs
   * @param tainted counted events of principals that were accused later in the pane
   * @param leftOut events of accused principals, which were not counted
   * @param outputs counts of the outputs, release by release
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Summary(
      String model,
      String baselineId,
      long paneStartMillis,
      byte[] counts,
      long tainted,
      long leftOut,
      List<Outputs> outputs)
      implements PaneMessage {
    public Summary {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * The output counts of one release of the model, in the bins of the summary's baseline.
   *
   * @param digest of the artefact; empty where the events name none, or where it does not matter
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Outputs(String version, String digest, byte[] counts) {}

  /** One partition uses this baseline from now on, and has handed on all that waited for it. */
  record Ready(String model, String baselineId, int partition) implements PaneMessage {}
}
