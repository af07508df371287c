package io.inferwarden.alerting.delivery;

/** Where a notification stands in the outbox. */
record Place(int partition, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    return partition == other.partition
        ? Long.compare(offset, other.offset)
        : Integer.compare(partition, other.partition);
  }
}
