package io.inferwarden.app.cluster;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.delivery.SinkTrouble;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.app.api.ActionWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink that takes nothing any more becomes an incident, which the other sinks are told of. */
final class TellOfTrouble implements SinkTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(TellOfTrouble.class);

  private final ActionWriter actions;
  private final InstantSource clock;

  TellOfTrouble(ActionWriter actions, InstantSource clock) {
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public boolean failing(String sink, long sinceMillis, String lastError) {
    String sentence =
        "it takes nothing since " + Instant.ofEpochMilli(sinceMillis) + ": " + lastError;
    return tell(
        sink,
        IncidentState.OPEN,
        Handling.OPENED,
        sinceMillis,
        List.of(new Evidence("delivery", 1, "failing", Double.NaN, Double.NaN, sentence)));
  }

  @Override
  public boolean recovered(String sink) {
    long now = clock.millis();
    return tell(sink, IncidentState.RESOLVED, Handling.OPENED.resolved(now), now, List.of());
  }

  private boolean tell(
      String sink,
      IncidentState state,
      Handling handling,
      long onsetMillis,
      List<Evidence> evidence) {
    IncidentKind kind = IncidentKind.DELIVERY_FAILING;
    String subject = "sink:" + sink;
    long now = clock.millis();
    Incident incident =
        new Incident(
            IncidentId.of(subject, Finding.ANY_MODEL, kind, now),
            1,
            state,
            handling,
            subject,
            Finding.ANY_MODEL,
            "",
            kind,
            kind.severity(),
            now,
            now,
            Math.min(onsetMillis, now),
            1,
            0,
            0,
            Chance.UNKNOWN,
            evidence,
            List.of(),
            List.of(),
            0,
            kind.title() + ", sink " + sink,
            "Sink "
                + sink
                + ' '
                + kind.explanation()
                + ". "
                + (evidence.isEmpty() ? "" : "Reason: " + evidence.get(0).sentence() + ". ")
                + kind.whatToDo());
    try {
      actions.write(subject, new IncidentAction.Tell(incident));
      return true;
    } catch (IOException e) {
      LOG.error("Nobody could be told that the sink {} is {}", sink, state.code(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
