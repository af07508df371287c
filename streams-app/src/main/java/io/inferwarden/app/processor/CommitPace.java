package io.inferwarden.app.processor;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When a stage asks for a commit before the engine's own interval is over. What is found crosses
 * several topics, and what is written to one is read at its commit.
 *
 * <p>While a partition keeps up with what is sent, it commits as often as it looks around. While it
 * reads what was sent some time ago, nobody waits for the moment, and fewer commits leave more time
 * for the events. What accuses somebody is committed at once, or, in a thread that reads a backlog,
 * twice a second: there what is found in partitions that keep up waits as well.
 */
final class CommitPace {
  /** Events that came into the topic longer ago are a backlog. */
  private static final long BACKLOG_MILLIS = 2_000;

  /** For how long a thread counts as behind after one of its partitions was. */
  private static final long STILL_BEHIND_MILLIS = 2_000;

  /** Partitions of a thread look around at almost the same time, and commit together. */
  private static final long BETWEEN_LOOKS_MILLIS = 25;

  /** However much is found: a commit keeps its thread for some milliseconds. */
  private static final long BETWEEN_FINDS_MILLIS = 100;

  private static final long BETWEEN_FINDS_BEHIND_MILLIS = 500;

  /** When stages of a thread asked last, and when one of them was last behind. */
  private static final class Asked {
    long lookingMillis;
    long findingMillis;
    long behindMillis;
  }

  /** What the stages of an instance share; those of one thread commit together. */
  static final class Threads {
    private final ThreadLocal<Asked> asked = ThreadLocal.withInitial(Asked::new);
    private final ThreadLocal<Long> firstMillis = new ThreadLocal<>();

    /**
     * Calls a stage again and again, at the same moments as the other stages of its thread that
     * have the same interval or a part of it: Kafka Streams halves the portion of records that it
     * works in after each turn in which it called anybody, however many it called.
     */
    Cancellable callEvery(
        Duration interval, ProcessorContext<?, ?> context, Punctuator punctuator) {
      long nowMillis = context.currentSystemTimeMs();
      Long known = firstMillis.get();
      if (known == null) {
        firstMillis.set(nowMillis);
      }
      long sinceFirst = known == null ? 0 : nowMillis - known;
      long waitMillis = interval.toMillis() - Math.floorMod(sinceFirst, interval.toMillis());
      return context.schedule(
          Instant.ofEpochMilli(nowMillis + waitMillis),
          interval,
          PunctuationType.WALL_CLOCK_TIME,
          punctuator);
    }
  }

  private final ProcessorContext<?, ?> context;
  private final Threads threads;
  private long latestSentMillis;
  private boolean hasRead;

  CommitPace(ProcessorContext<?, ?> context, Threads threads) {
    this.context = context;
    this.threads = threads;
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

  /** Whether what was read since the last look around had been sent some time before. */
  boolean isBehind(long nowMillis) {
    return hasRead && latestSentMillis < nowMillis - BACKLOG_MILLIS;
  }

  /**
   * Asks for a commit, if there is something to commit and no backlog.
   *
   * @param hasTold whether anything was told although no event came
   */
  void lookAround(long nowMillis, boolean hasTold) {
    Asked asked = threads.asked.get();
    boolean isDue = Math.abs(nowMillis - asked.lookingMillis) >= BETWEEN_LOOKS_MILLIS;
    if (isBehind(nowMillis)) {
      asked.behindMillis = nowMillis;
    } else if ((hasRead || hasTold) && isDue) {
      asked.lookingMillis = nowMillis;
      context.commit();
    }
    hasRead = false;
  }

  /** Asks for a commit, since something was found that somebody waits for. */
  void found() {
    long nowMillis = context.currentSystemTimeMs();
    Asked asked = threads.asked.get();
    boolean isThreadBehind = Math.abs(nowMillis - asked.behindMillis) < STILL_BEHIND_MILLIS;
    long pauseMillis = isThreadBehind ? BETWEEN_FINDS_BEHIND_MILLIS : BETWEEN_FINDS_MILLIS;
    if (Math.abs(nowMillis - asked.findingMillis) >= pauseMillis) {
      asked.findingMillis = nowMillis;
      context.commit();
    }
  }
}
