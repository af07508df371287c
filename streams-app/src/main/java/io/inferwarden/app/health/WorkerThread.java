package io.inferwarden.app.health;

/**
 * A thread that does the work, as it is now.
 *
 * @param name of the thread
 * @param state in a word
 * @param secondsSincePoll since it last asked Kafka for records, which a thread at work does all
 *     the time; 0 where that is not known
 */
public record WorkerThread(String name, String state, double secondsSincePoll) {
  public WorkerThread {
    if (!(secondsSincePoll >= 0)) {
      throw new IllegalArgumentException("secondsSincePoll must be >= 0, was " + secondsSincePoll);
    }
  }
}
