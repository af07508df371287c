package io.inferwarden.ingest.collector;

/** Puts outcomes into the words that the senders of a format understand. Thread-safe. */
public interface Answers {
  /**
   * Says one outcome.
   *
   * @param contentType of the request, in lower case, without parameters; empty when not said
   */
  Answer of(Outcome outcome, String contentType);
}
