package io.inferwarden.ingest.source;

import io.inferwarden.ingest.RejectedEvent;

/** Takes what a source finds, in the order in which it was sent. */
public interface RawEvents {
  /**
   * One inference event v1, raw names and texts in it.
   *
   * @param place where it was in the payload, for people, such as {@code line 3}
   * @param json holds the event; read before the call returns
   */
  void event(String place, byte[] json, int offset, int length);

  /** Something that was meant as an event and is none. */
  void rejected(String place, RejectedEvent why);

  /** Something that is no inference, and was not meant as one: a span of a database, say. */
  void skipped(String place);

  /** Half of an inference, which waits for the other. */
  void held(String place);
}
