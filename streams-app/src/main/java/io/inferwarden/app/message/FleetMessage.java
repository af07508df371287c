package io.inferwarden.app.message;

import io.inferwarden.alerting.Finding;
import java.util.List;

/** What the fleet stage hears from the judges of models. */
public sealed interface FleetMessage
    permits FleetMessage.Raised, FleetMessage.Note, FleetMessage.Judged {

  /** A finding about one model. */
  record Raised(Finding finding) implements FleetMessage {}

  /**
   * What a judged pane left of evidence that is not negligible; without causes, that there is none
   * any more.
   *
   * @param model whose pane it was
   * @param baselineId under which it was judged
   * @param paneEndMillis end of the pane, event time
   * @param onsetMillis when the change of the model began, as far as the evidence tells
   * @param events of the model that were judged so far
   * @param restarted whether the model raised a finding by this evidence and restarted
   * @param causes the leading signals
   */
  record Note(
      String model,
      String baselineId,
      long paneEndMillis,
      long onsetMillis,
      long events,
      boolean restarted,
      List<Cause> causes)
      implements FleetMessage {
    public Note {
      causes = List.copyOf(causes);
    }
  }

  /**
   * A signal's part of a model's evidence, and the bin that moved most.
   *
   * @param level what the signal adds to the level of the model
   * @param share its part of that level, 0 to 1
   */
  record Cause(
      String signal, double level, double share, String bin, double expected, double observed) {}

  /**
   * One partition of the judges has judged all panes that end by then, and has told of all of them.
   *
   * @param partition of the pane summaries
   * @param untilMillis event time
   * @param activeUntilMillis end of the latest pane in which anything was asked of any model, event
   *     time: what comes after it could not be seen
   */
  record Judged(int partition, long untilMillis, long activeUntilMillis) implements FleetMessage {}
}
