package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.feed.IncidentText;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.io.Flushable;
import java.io.IOException;

/** Writes incidents in plain words to a terminal, with an empty line after each. */
public final class ConsoleSink implements IncidentSink {
  private final Appendable out;

  public ConsoleSink(Appendable out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException {
    try {
      out.append(IncidentText.of(notification.incident()) + "\n\n");
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException e) {
      throw DeliveryException.retryable("could not write to the console", e);
    }
  }
}
