package io.inferwarden.ingest.source;

/**
 * A format that events arrive in: turns what was sent into inference events v1, in which names and
 * texts are still those of the sender. It judges the format only; whether an event is valid is for
 * the parser behind the door. Thread-safe.
 */
public interface EventSource {
  /** The format's name in metrics and in the audit, such as {@code otlp}. */
  String name();

  /**
   * Reads what one request, or one record of a topic, carries.
   *
   * @throws MalformedPayloadException when nothing in it can be read; what was handed to {@code
   *     found} before is void then
   */
  void read(Payload payload, RawEvents found) throws MalformedPayloadException;
}
