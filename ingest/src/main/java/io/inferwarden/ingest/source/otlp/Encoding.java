package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.source.MalformedPayloadException;
import java.util.List;

/**
 * How OTLP messages are written. A body is first walked without reading its records, so that what a
 * hostile one costs is bounded: one record at a time is held as objects.
 */
interface Encoding {
  /**
   * Finds the records of a body.
   *
   * @throws MalformedPayloadException when the body is not of this encoding
   */
  List<LocatedRecord> locate(byte[] body, Signal signal) throws MalformedPayloadException;

  /** Attributes of the resource that the slice describes. */
  Attributes resource(byte[] body, Slice slice) throws UnreadableRecordException;

  /** The span that the slice holds. */
  OtlpSpan span(byte[] body, Slice slice, Attributes resource) throws UnreadableRecordException;

  /** The log record that the slice holds. */
  OtlpLog log(byte[] body, Slice slice, Attributes resource) throws UnreadableRecordException;
}
