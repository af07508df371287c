package io.inferwarden.alerting.delivery;

import java.io.IOException;

/** Where dead letters go. Called by several threads. */
@FunctionalInterface
public interface DeadLetterWriter {
  /** Returns once the dead letter is safe; an {@link IOException} says that it is not. */
  void write(DeadLetter deadLetter) throws IOException, InterruptedException;
}
