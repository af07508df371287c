package io.inferwarden.app.processor;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When a stage asks for a commit before the engine's own interval is over. What is found crosses
 * several topics, and what is written to one is read at its commit.
 *
 * <p>While a partition keeps up with what is sent, it commits as often as it looks around. While it
 * reads what was sent some time ago, nobody waits for the moment, and fewer commits leave more time
 * for the events. What accuses somebody does not wait for either.
 */
final class CommitPace {
  /** Events that came into the topic longer ago are a backlog. */
  private static final long BACKLOG_MILLIS = 2_000;

  /** However much is found at once. */
  private static final long SHORTEST_MILLIS = 20;

  private final ProcessorContext<?, ?> context;
  private long latestSentMillis;
  private boolean hasRead;
  private long askedMillis;

  CommitPace(ProcessorContext<?, ?> context) {
    this.context = context;
  }

  /**
   * Takes note of an event.
   *
   * @param sentMillis when it came into the topic, milliseconds since the epoch
   */
  void read(long sentMillis) {
    latestSentMillis = sentMillis;
    hasRead = true;
  }

  /**
   * Asks for a commit, if there is something to commit and no backlog.
   *
   * @param hasTold whether anything was told although no event came
   */
  void lookAround(long nowMillis, boolean hasTold) {
    boolean isBacklog = hasRead && latestSentMillis < nowMillis - BACKLOG_MILLIS;
    if ((hasRead || hasTold) && !isBacklog) {
      ask(nowMillis);
    }
    hasRead = false;
  }

  /** Asks for a commit, since something was found that somebody waits for. */
  void found() {
    long nowMillis = context.currentSystemTimeMs();
    if (nowMillis - askedMillis >= SHORTEST_MILLIS || nowMillis < askedMillis) {
      ask(nowMillis);
    }
  }

  private void ask(long nowMillis) {
    askedMillis = nowMillis;
    context.commit();
  }
}
