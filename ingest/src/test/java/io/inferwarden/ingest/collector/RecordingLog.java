package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.collector.UnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Remembers what was appended; takes it, refuses it, or lets it wait. */
final class RecordingLog implements EventLog {
  private final List<AdmittedEvent> events = new ArrayList<>();
  private final List<Companion> companions = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final CountDownLatch firstAppend = new CountDownLatch(1);
  private @Nullable Reason refusal;
  private boolean isWaiting;

  synchronized void refuse(Reason reason) {
    refusal = reason;
  }

  synchronized void take() {
    refusal = null;
  }

  /** Acknowledges nothing until {@link #goOn}. */
  synchronized void waitWithAcknowledging() {
    isWaiting = true;
  }

  void goOn() {
    List<Runnable> due;
    synchronized (this) {
      isWaiting = false;
      due = List.copyOf(waiting);
      waiting.clear();
    }
    due.forEach(Runnable::run);
  }

  void awaitFirstAppend() throws InterruptedException {
    firstAppend.await();
  }

  synchronized List<AdmittedEvent> events() {
    return List.copyOf(events);
  }

  synchronized List<Companion> companions() {
    return List.copyOf(companions);
  }

  @Override
  public CompletableFuture<Void> append(List<AdmittedEvent> batch) {
    return appended(() -> events.addAll(batch));
  }

  @Override
  public CompletableFuture<Void> append(Companion companion) {
    return appended(() -> companions.add(companion));
  }

  private synchronized CompletableFuture<Void> appended(Runnable addition) {
    firstAppend.countDown();
    if (refusal != null) {
      return CompletableFuture.failedFuture(new UnavailableException(refusal, 7, "refused"));
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    Runnable acknowledge =
        () -> {
          synchronized (this) {
            addition.run();
          }
          future.complete(null);
        };
    if (isWaiting) {
      waiting.add(acknowledge);
    } else {
      acknowledge.run();
    }
    return future;
  }

  @Override
  public synchronized boolean isTaking() {
    return refusal == null;
  }

  @Override
  public synchronized String describe() {
    return refusal == null ? "takes events" : "refuses events: " + refusal;
  }

  @Override
  public void close() {}
}
