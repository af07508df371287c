package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes the events of one format, from payload to log. */
final class EventPost implements PostRoute {
  private final EventRoute route;
  private final EventIntake intake;
  private final Quotas quotas;
  private final HalvesRelease halves;

  /** As many as there are names of keys. */
  private final Map<String, EventSource> sourceByClient = new ConcurrentHashMap<>();

  EventPost(EventRoute route, EventIntake intake, Quotas quotas, HalvesRelease halves) {
    this.route = route;
    this.intake = intake;
    this.quotas = quotas;
    this.halves = halves;
  }

  @Override
  public String path() {
    return route.path();
  }

  @Override
  public Set<String> contentTypes() {
    return route.contentTypes();
  }

  @Override
  public Answers answers() {
    return route.answers();
  }

  @Override
  public @Nullable Outcome refusal(Client client) {
    int seconds = quotas.secondsUntilAllowed(client.name());
    return seconds == 0 ? null : Outcome.overQuota(seconds);
  }

  @Override
  public CompletableFuture<Outcome> take(Client client, Payload payload) {
    EventSource source = sourceByClient.computeIfAbsent(client.name(), name -> sourceFor(client));
    Admission admission;
    try {
      admission = intake.admit(source, payload, client);
    } catch (TooManyEventsException tooMany) {
      return done(Outcome.problem(413, "too_many_events", String.valueOf(tooMany.getMessage())));
    } catch (MalformedPayloadException malformed) {
      return done(Outcome.problem(400, "malformed", String.valueOf(malformed.getMessage())));
    }
    int events = admission.admitted().size();
    boolean isJoined = source instanceof JoiningSource;
    if (isJoined) {
      // The other half is acknowledged already.
      quotas.chargeAnyway(client.name(), events);
    } else {
      int seconds = quotas.charge(client.name(), events);
      if (seconds > 0) {
        intake.dropOverQuota(admission);
        return done(Outcome.overQuota(seconds));
      }
    }
    return intake
        .append(admission)
        .handle(
            (nothing, failure) -> {
              if (failure == null) {
                return judged(admission);
              }
              quotas.refund(client.name(), events);
              if (isJoined) {
                halves.keep(admission);
              }
              return Unavailability.outcome(failure);
            });
  }

  private EventSource sourceFor(Client client) {
    EventSource source = route.sources().apply(client);
    if (source instanceof JoiningSource joining) {
      halves.watch(joining, client);
    }
    return source;
  }

  private static Outcome judged(Admission admission) {
    int accepted = admission.admitted().size();
    int rejected = admission.rejected();
    int status;
    if (rejected == 0) {
      status = 202;
    } else if (accepted > 0 || admission.held() > 0) {
      status = 207;
    } else {
      status = admission.rejected(Reason.MODEL_NOT_ALLOWED) == rejected ? 403 : 400;
    }
    return Outcome.judged(status, accepted, admission);
  }

  private static CompletableFuture<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
