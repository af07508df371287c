package io.inferwarden.app.backtest;

import io.inferwarden.app.processor.EventReading;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import org.jspecify.annotations.Nullable;

/** Hands the first stage an event that another thread has parsed already. */
final class ReadAhead implements EventReading {
  private EventFeed.@Nullable Line line;

  /** Says whose bytes are read next. */
  void next(EventFeed.Line newLine) {
    line = newLine;
  }

  @Override
  public @Nullable RejectedEvent read(byte[] json, long nowMillis) {
    EventFeed.Line read = line();
    if (read.json() != json) {
      throw new IllegalStateException("the line that is read must be the one that was announced");
    }
    return read.rejected();
  }

  @Override
  public InferenceEvent event() {
    return line().event();
  }

  private EventFeed.Line line() {
    EventFeed.Line known = line;
    if (known == null) {
      throw new IllegalStateException("a line must be announced before it is read");
    }
    return known;
  }
}
