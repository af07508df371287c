package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What a judge of models tells the fleet stage. */
final class FleetReports {
  private final ProcessorContext<String, FleetMessage> context;
  private final AppMetrics metrics;
  private final CommitPace pace;
  private boolean toldSinceProgress;

  FleetReports(
      ProcessorContext<String, FleetMessage> context,
      AppMetrics metrics,
      CommitPace.Threads threads) {
    this.context = context;
    this.metrics = metrics;
    this.pace = new CommitPace(context, threads);
  }

  /** Tells of a judged pane: its findings, and its evidence where there is news of it. */
  void tell(JudgedBaseline judged, long paneEndMillis, List<Finding> findings) {
    for (Finding finding : findings) {
      metrics.findings.labels(finding.kind().code()).inc();
      forward(judged.model, new FleetMessage.Raised(finding));
      pace.found();
    }
    NotableEvidence evidence = judged.evidence;
    if (evidence == null) {
      return;
    }
    if (judged.fleetTold || !evidence.causes().isEmpty()) {
      forward(
          judged.model,
          new FleetMessage.Note(
              judged.model,
              judged.baselineId,
              paneEndMillis,
              evidence.onsetMillis(),
              judged.events,
              evidence.restarted(),
              evidence.causes()));
    }
    judged.fleetTold = !evidence.restarted() && !evidence.causes().isEmpty();
  }

  /** All panes that end by then are judged. */
  void judgedUntil(long untilMillis, long activeUntilMillis) {
    toldSinceProgress = false;
    context.forward(
        new Record<>(
            "",
            new FleetMessage.Judged(context.taskId().partition(), untilMillis, activeUntilMillis),
            context.currentSystemTimeMs()),
        Nodes.MODEL_FINDINGS);
  }

  /** Panes before the watermark were judged now, as their baseline came late: if there were any. */
  void judgedMoreUntil(long untilMillis, long activeUntilMillis) {
    if (toldSinceProgress) {
      judgedUntil(untilMillis, activeUntilMillis);
    }
  }

  private void forward(String model, FleetMessage message) {
    toldSinceProgress = true;
    context.forward(
        new Record<>(model, message, context.currentSystemTimeMs()), Nodes.MODEL_FINDINGS);
  }
}
