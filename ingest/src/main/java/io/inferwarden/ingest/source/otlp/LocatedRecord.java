package io.inferwarden.ingest.source.otlp;

/**
 * Where one span or log record is in a body.
 *
 * @param resource number of the element of the outermost array that holds it
 * @param scope number of the element of the next array
 * @param index number within that
 * @param resourceBytes what describes the resource; {@link Slice#NOTHING} when nothing does
 * @param bytes the record itself
 */
record LocatedRecord(int resource, int scope, int index, Slice resourceBytes, Slice bytes) {
  /** The place, for people. */
  String place(Signal signal) {
    return signal.resources()
        + "["
        + resource
        + "]."
        + signal.scopes()
        + "["
        + scope
        + "]."
        + signal.records()
        + "["
        + index
        + "]";
  }
}
