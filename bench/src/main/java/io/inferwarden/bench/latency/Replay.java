package io.inferwarden.bench.latency;

import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.bench.process.EventSender;
import io.inferwarden.bench.throughput.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the demo's events several times side by side, as other models with other users, and other
 * traffic between them as a load. The event time of the load is that of the demo's event beside it.
 */
final class Replay {
  private static final double SECOND_NANOS = 1e9;
  private static final double SECOND_MILLIS = 1e3;

  private final int copies;
  private final Traffic load;
  private final EventSender sender;

  Replay(int copies, Traffic load, EventSender sender) {
    this.copies = copies;
    this.load = load;
    this.sender = sender;
  }

  /** Sends as fast as the cluster takes it. */
  void sendAtOnce(List<DemoEvent> events, long loadEvents) throws IOException {
    long sent = 0;
    for (int i = 0; i < events.size(); i++) {
      DemoEvent event = events.get(i);
      for (; sent < loadEvents * (i + 1) / events.size(); sent++) {
        sendLoad(event.timeMillis());
      }
      for (int copy = 0; copy < copies; copy++) {
        sender.send(principal(event), copied(event, copy));
      }
    }
    sender.flush();
  }

  /**
   * Sends as time passes in the demo, only faster, and notes when each event of it was sent and
   * written.
   *
   * @param speed how many times as fast as the clock
   * @param loadRate of the others, a second
   * @return seconds that it took
   */
  double sendAtSpeed(List<DemoEvent> events, double speed, double loadRate, Journeys journeys)
      throws IOException {
    long begin = System.nanoTime();
    long firstMillis = events.get(0).timeMillis();
    long loaded = 0;
    for (DemoEvent event : events) {
      double dueSeconds = (event.timeMillis() - firstMillis) / (SECOND_MILLIS * speed);
      for (; loaded < loadRate * dueSeconds; loaded++) {
        double loadedSeconds = loaded / loadRate;
        await(begin, loadedSeconds);
        sendLoad(firstMillis + (long) (loadedSeconds * speed * SECOND_MILLIS));
      }
      await(begin, dueSeconds);
      for (int copy = 0; copy < copies; copy++) {
        byte[] json = copied(event, copy);
        String key = Journeys.key(modelOf(event, copy), event.timeMillis());
        journeys.begin(key, System.currentTimeMillis());
        sender.send(principal(event), json, written -> journeys.pass(key, Stage.LOGGED, written));
      }
    }
    sender.flush();
    return (System.nanoTime() - begin) / SECOND_NANOS;
  }

  private static void await(long beginNanos, double dueSeconds) {
    long due = beginNanos + (long) (dueSeconds * SECOND_NANOS);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void sendLoad(long timeMillis) throws IOException {
    byte[] json = load.next(timeMillis);
    sender.send(load.principal(), json);
  }

  private static byte[] principal(DemoEvent event) {
    return event.principal().getBytes(StandardCharsets.UTF_8);
  }

  private static String modelOf(DemoEvent event, int copy) {
    return event.model() + '-' + copy;
  }

  /** The event as one of another model. */
  private static byte[] copied(DemoEvent event, int copy) throws IOException {
    String json = new String(event.json(), StandardCharsets.UTF_8);
    String model = "\"model\":\"" + event.model() + '"';
    if (!json.contains(model)) {
      throw new IOException("an event must name its model as " + model);
    }
    return json.replace(model, "\"model\":\"" + modelOf(event, copy) + '"')
        .replaceFirst("\"id\":\"", "\"id\":\"" + copy + "-")
        .getBytes(StandardCharsets.UTF_8);
  }
}
