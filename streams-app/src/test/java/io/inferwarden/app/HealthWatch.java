package io.inferwarden.app;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks one instance again and again how it is, as a cluster does, and remembers where it did not
 * tell the truth. It ends before the instance is stopped or killed.
 */
final class HealthWatch implements AutoCloseable {
  private static final long BETWEEN_MILLIS = 200;

  /** For so long after it last ran may an instance say that it is ready while it rebalances. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** A cluster gives a probe up about as fast. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private static final Pattern STATE =
      Pattern.compile("CREATED|REBALANCING|RUNNING|PENDING_\\w+|NOT_RUNNING|ERROR");

  private final String name;
  private final InstanceProcess instance;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> untruths = new ArrayList<>();
  private final Thread asking;
  private long lastRunningNanos;
  private long lastAnswerNanos;
  private boolean hasRun;
  private int asked;
  private int ready;

  HealthWatch(String name, InstanceProcess instance) {
    this.name = name;
    this.instance = instance;
    this.asking = new Thread(this::ask, "health-of-" + name);
    asking.setDaemon(true);
    asking.start();
  }

  private void ask() {
    try {
      while (!over.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
        if (instance.isServing()) {
          look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      tell("its log cannot be read: " + e);
    }
  }

  private void look() throws InterruptedException {
    long now = System.nanoTime();
    lastAnswerNanos = lastAnswerNanos == 0 ? now : lastAnswerNanos;
    try {
      HttpResponse<String> readiness = instance.get("/readyz");
      HttpResponse<String> health = instance.get("/healthz");
      asked++;
      lastAnswerNanos = System.nanoTime();
      judge(readiness, health, now);
    } catch (IOException e) {
      Duration silence = Duration.ofNanos(now - lastAnswerNanos);
      if (over.getCount() > 0 && silence.compareTo(LONGEST_SILENCE) > 0) {
        tell("no probe was answered for " + silence.toSeconds() + " s: " + e);
      }
    }
  }

  private void judge(HttpResponse<String> readiness, HttpResponse<String> health, long now) {
    Matcher word = STATE.matcher(readiness.body());
    String state = word.find() ? word.group() : "nothing";
    if (state.equals("RUNNING")) {
      hasRun = true;
      lastRunningNanos = now;
    }
    if (readiness.statusCode() == 200) {
      ready++;
      boolean isGrace = hasRun && now - lastRunningNanos <= GRACE.toNanos();
      if (!state.equals("RUNNING") && !isGrace) {
        tell("ready while " + readiness.body().strip());
      }
    }
    if (health.statusCode() != 200) {
      tell("not alive (" + health.statusCode() + "): " + health.body().strip());
    }
  }

  private synchronized void tell(String untruth) {
    untruths.add(name + ": " + untruth);
  }

  /** What it said and should not have said. */
  synchronized List<String> untruths() {
    return List.copyOf(untruths);
  }

  /** How often it was asked and how often it said that it was ready. */
  String summary() {
    return name + " was asked " + asked + " times and was ready " + ready + " times";
  }

  @Override
  public void close() throws InterruptedException {
    over.countDown();
    asking.join(Duration.ofSeconds(15).toMillis());
  }
}
