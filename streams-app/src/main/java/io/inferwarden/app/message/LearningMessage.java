package io.inferwarden.app.message;

/** What the learner of baselines hears, by model. */
public sealed interface LearningMessage
    permits LearningMessage.Sample, LearningMessage.PaneTotal, Progress {

  /**
   * One event of the bounded sample that a model version is learned from.
   *
   * @param principalOrdinal which event of its principal it is, from 1; 0 when it is not part of
   *     the principals' sample
   * @param paneSampled whether it was among the smallest hashes of its pane when it came
   * @param hash that orders the pane's sample; the same wherever the event is read
   * @param timeMillis event time
   * @param event the event in its compact form, without raw text
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Sample(
      String model,
      String version,
      int principalOrdinal,
      boolean paneSampled,
      long hash,
      long timeMillis,
      byte[] event)
      implements LearningMessage {}

  /** How many events of a model version one partition had in one pane. */
  record PaneTotal(String model, String version, long paneStartMillis, long events)
      implements LearningMessage {}
}
