package io.inferwarden.app.message;

/** What the judge of models hears, by model. */
public sealed interface PaneMessage permits PaneMessage.Summary, PaneMessage.Ready, Progress {

  /**
   * The bin counts of one partition, baseline and pane; counts of several partitions merge by
   * adding.
   *
   * @param tainted counted events of principals that were accused later in the pane
   * @param leftOut events of accused principals, which were not counted
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Summary(
      String model,
      String baselineId,
      long paneStartMillis,
      byte[] counts,
      long tainted,
      long leftOut)
      implements PaneMessage {}

  /** One partition uses this baseline from now on, and has handed on all that waited for it. */
  record Ready(String model, String baselineId, int partition) implements PaneMessage {}
}
