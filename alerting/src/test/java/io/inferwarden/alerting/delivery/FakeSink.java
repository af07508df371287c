package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps what it took and fails as told. */
final class FakeSink implements IncidentSink {
  @FunctionalInterface
  interface Behaviour {
    void on(Notification notification, int attempt) throws DeliveryException, InterruptedException;
  }

  final List<Notification> taken = new CopyOnWriteArrayList<>();
  volatile boolean enabled = true;
  private final Behaviour behaviour;
  private int attempts;

  FakeSink(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public String name() {
    return News.SINK;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public int concurrency() {
    return 8;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    int attempt;
    synchronized (this) {
      attempts++;
      attempt = attempts;
    }
    behaviour.on(notification, attempt);
    taken.add(notification);
  }
}
