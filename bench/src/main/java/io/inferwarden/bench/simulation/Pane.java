package io.inferwarden.bench.simulation;

import java.util.List;

/** The events of one simulated pane, feature by feature. Not changed once made. */
final class Pane {
  private final long startMillis;
  private final List<Column> columns;

  /** Who asked each event; empty when every event has a principal of its own. */
  private final long[] principals;

  private Pane(long startMillis, List<Column> columns, long[] principals) {
    this.startMillis = startMillis;
    this.columns = columns;
    this.principals = principals;
  }

  /** A pane in which every event has a principal of its own. */
  static Pane of(long startMillis, Column... columns) {
    return new Pane(startMillis, List.of(columns), new long[0]);
  }

  /** A pane of events by these principals, none of which is 0. */
  static Pane of(long startMillis, long[] principals, Column column) {
    if (principals.length != column.size()) {
      throw new IllegalArgumentException(
          "principals must be " + column.size() + ", was " + principals.length);
    }
    return new Pane(startMillis, List.of(column), principals);
  }

  long startMillis() {
    return startMillis;
  }

  int size() {
    return columns.get(0).size();
  }

  List<Column> columns() {
    return columns;
  }

  /** A hash of the principal that asked an event. */
  long principalHash(int event) {
    return principals.length == 0 ? StreamRandom.mixed(startMillis + event) | 1 : principals[event];
  }
}
