package io.inferwarden.app.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a process is, at one moment: what the probes answer.
 *
 * @param state of the work, in a word
 * @param isAlive false when only a restart helps
 * @param isReady whether it keeps up with its work
 * @param isStarted whether it has come to work once
 * @param lag records that wait to be judged; empty where there are none to judge or nobody knows
 * @param restoreRemaining records of state that are to be restored before work goes on
 * @param threads that do the work
 * @param why it is not alive or not ready; empty when it is both
 */
public record HealthReport(
    String state,
    boolean isAlive,
    boolean isReady,
    boolean isStarted,
    OptionalLong lag,
    long restoreRemaining,
    List<WorkerThread> threads,
    Optional<String> why) {

  public HealthReport {
    threads = List.copyOf(threads);
  }

  /** Of a process that also does another work: well where both are. */
  public HealthReport and(HealthReport other) {
    return new HealthReport(
        state.equals(other.state) ? state : isReady ? other.state : state,
        isAlive && other.isAlive,
        isReady && other.isReady,
        isStarted && other.isStarted,
        lag.isPresent() ? lag : other.lag,
        restoreRemaining + other.restoreRemaining,
        Stream.concat(threads.stream(), other.threads.stream()).toList(),
        Stream.concat(why.stream(), other.why.stream())
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toCollection(ArrayList::new),
                    words ->
                        words.isEmpty()
                            ? Optional.empty()
                            : Optional.of(String.join("; ", words)))));
  }

  /** The same, with the reason behind what it says of a work that is over. */
  public HealthReport because(String reason) {
    return new HealthReport(
        state,
        isAlive,
        isReady,
        isStarted,
        lag,
        restoreRemaining,
        threads,
        Optional.of(why.map(known -> known + ": " + reason).orElse(reason)));
  }

  /** As JSON, in one line. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", state).put("alive", isAlive).put("ready", isReady).put("started", isStarted);
    if (lag.isPresent()) {
      json.put("lag", lag.getAsLong());
    } else {
      json.putNull("lag");
    }
    json.put("restoreRemaining", restoreRemaining);
    ArrayNode array = json.putArray("threads");
    for (WorkerThread thread : threads) {
      array
          .addObject()
          .put("name", thread.name())
          .put("state", thread.state())
          .put("secondsSincePoll", thread.secondsSincePoll());
    }
    json.put("why", why.orElse(""));
    return json.toString();
  }
}
