package io.inferwarden.ingest.source.kserve;

import io.inferwarden.ingest.source.json.EventDraft;

/** The inputs, or the outputs, of a body: a batch has many. */
interface Rows {
  /** A body that holds none. */
  Rows NONE = of(0, (row, into) -> {});

  /** How many there are. */
  int count();

  /** Writes one, from 0, into an event. */
  void fill(int row, EventDraft into);

  /** So many rows. */
  static Rows of(int count, Filler filler) {
    return new Rows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void fill(int row, EventDraft into) {
        filler.fill(row, into);
      }
    };
  }

  /** Writes a row into an event. */
  interface Filler {
    void fill(int row, EventDraft into);
  }
}
