package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.app.names.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The incidents that a deployment on a broker has raised, each revision as its JSON. */
final class IncidentWatch implements AutoCloseable {
  private final String applicationId;
  private final Admin admin;
  private final CommittedRecords incidents;
  private WorkDone before = new WorkDone(-1, Map.of());
  private long movedNanos;

  /** Begins to watch a deployment whose topics are there. */
  IncidentWatch(String bootstrapServers, String applicationId) {
    this.applicationId = applicationId;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.incidents = new CommittedRecords(bootstrapServers, Topics.INCIDENTS);
  }

  /** The incidents by now, sorted. */
  List<String> soFar() {
    return incidents.soFar().stream()
        .map(record -> new String(record.value(), UTF_8))
        .sorted()
        .toList();
  }

  int count() {
    return incidents.soFar().size();
  }

  /**
   * Waits until all events are read, this many incidents came and nothing has moved for a while;
   * gives the incidents that there are when that does not happen in time, too, for a test to say
   * what differs.
   *
   * @param quiet longer than idle partitions need to end their panes
   */
  List<String> atRest(int expected, Duration quiet, Duration patience) throws Exception {
    movedNanos = System.nanoTime();
    boolean rested = Patience.holdsWithin(patience, () -> count() >= expected && isAtRest(quiet));
    if (!rested && !Patience.holdsWithin(quiet.multipliedBy(3), () -> isAtRest(quiet))) {
      throw new AssertionError("the platform does not come to rest: " + before);
    }
    return soFar();
  }

  private boolean isAtRest(Duration quiet) throws Exception {
    WorkDone now = WorkDone.of(admin, applicationId);
    if (now.waitingEvents() > 1_000 || !now.equals(before)) {
      before = now;
      movedNanos = System.nanoTime();
    }
    return System.nanoTime() - movedNanos >= quiet.toNanos();
  }

  @Override
  public void close() {
    incidents.close();
    admin.close();
  }
}
