package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps what it took and fails as told. */
final class FakeSink implements IncidentSink {
  @FunctionalInterface
  interface Behaviour {
    void on(int attempt) throws DeliveryException, InterruptedException;
  }

  final List<Incident> taken = new CopyOnWriteArrayList<>();
  volatile boolean enabled = true;
  private final String name;
  private final Behaviour behaviour;
  private int attempts;

  FakeSink(String name, Behaviour behaviour) {
    this.name = name;
    this.behaviour = behaviour;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException, InterruptedException {
    attempts++;
    behaviour.on(attempts);
    taken.add(notification.incident());
  }

  int attempts() {
    return attempts;
  }
}
