package io.inferwarden.alerting.delivery;

import java.time.Duration;

/** How to wait between two attempts; a test waits by remembering for how long. */
@FunctionalInterface
public interface Pause {
  /** Waits in real time. */
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void pause(Duration duration) throws InterruptedException;
}
