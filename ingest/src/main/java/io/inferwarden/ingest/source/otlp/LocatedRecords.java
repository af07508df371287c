package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.source.MalformedPayloadException;
import java.util.ArrayList;
import java.util.List;

/** Gathers where the records of one body are, up to a limit. */
final class LocatedRecords {
  /** Exporters send 512 records at once, collectors 8192, unless told otherwise. */
  static final int MAXIMUM = 100_000;

  private final List<LocatedRecord> found = new ArrayList<>();

  void add(LocatedRecord located) throws MalformedPayloadException {
    if (found.size() == MAXIMUM) {
      throw new MalformedPayloadException("expected at most " + MAXIMUM + " records, found more");
    }
    found.add(located);
  }

  List<LocatedRecord> found() {
    return found;
  }
}
