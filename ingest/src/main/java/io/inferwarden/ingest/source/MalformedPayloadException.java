package io.inferwarden.ingest.source;

/** Nothing in a payload can be read; the message says what was expected and what was found. */
public class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedPayloadException(String message) {
    super(message);
  }

  public MalformedPayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
