package io.inferwarden.alerting.delivery;

/**
 * Is told when a sink takes nothing any more, so that it can be said through the others. Called by
 * the sink's own thread, which it must not keep.
 */
public interface SinkTrouble {
  /** Tells nobody. */
  SinkTrouble UNHEARD =
      new SinkTrouble() {
        @Override
        public boolean failing(String sink, long sinceMillis, String lastError) {
          return true;
        }

        @Override
        public boolean recovered(String sink) {
          return true;
        }
      };

  /**
   * The sink has taken nothing for too long, or said that it is gone for good. Told once, until it
   * recovers.
   *
   * @param sinceMillis since when, by the clock, milliseconds since the epoch
   * @param lastError what the last attempt said, without secrets
   * @return whether it could be told; it is told again later if not
   */
  boolean failing(String sink, long sinceMillis, String lastError);

  /**
   * A sink that was said to be failing has taken a notification. Also told with the first one that
   * a process delivers, as the process before it may have said so.
   *
   * @return whether it could be told; it is told again later if not
   */
  boolean recovered(String sink);
}
