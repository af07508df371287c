package io.inferwarden.bench.memory;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures beside what is promised for a million streams.
 *
 * @param bound of the table that names passed, for each partition
 * @param names that passed it
 * @param heaps bytes on the heap meanwhile, at regular steps
 */
record MemoryReport(Held held, int bound, int partitions, long names, List<Double> heaps) {
  private static final double MOST_HEAP_BYTES = 1.2e9;
  private static final double MOST_CHANGELOG_BYTES = 512;
  private static final double MOST_RESTORE_SECONDS = 20;

  String table() {
    StringBuilder text = new StringBuilder();
    line(text, "", "measured", "limit");
    line(text, "streams", number((double) held.streams()), "");
    line(
        text,
        "heap, MB",
        number(held.heapBytes() / 1e6),
        number(MOST_HEAP_BYTES / 1e6) + " for a million");
    line(text, "heap a stream, bytes", number(held.heapBytesPerStream()), "");
    line(
        text,
        "changelog a stream, bytes",
        number(held.changelogBytesPerStream()),
        number(MOST_CHANGELOG_BYTES));
    line(
        text,
        "all changelogs a stream, bytes",
        number((double) held.allChangelogBytes() / held.streams()),
        "");
    line(
        text,
        "start in an empty folder, s",
        seconds(held.startSeconds()),
        number(MOST_RESTORE_SECONDS) + " for a million");
    line(text, "of which reading changelogs, s", seconds(held.restoreSeconds()), "");
    line(text, "records read for it", number(held.restoredRecords()), "");
    if (!heaps.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nHeap while %,d names pass %,d places in each of %d partitions; must be flat:%n",
              names,
              bound,
              partitions));
      for (int i = 0; i < heaps.size(); i++) {
        line(
            text,
            number((double) names * (i + 1) / heaps.size()) + " names, MB",
            number(heaps.get(i) / 1e6),
            "");
      }
      line(text, "second half over first", String.format(Locale.ROOT, "%.3f", growth()), "1");
    }
    return text.toString();
  }

  /** Mean heap of the second half of the steps, over that of the last one of the first half. */
  double growth() {
    if (heaps.size() < 2) {
      return Double.NaN;
    }
    int half = heaps.size() / 2;
    double later =
        heaps.subList(half, heaps.size()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    return later / heaps.get(half - 1);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"streams\":%d,\"heapBytes\":%.0f,\"heapBytesPerStream\":%.0f,"
            + "\"changelogBytesPerStream\":%.0f,\"startSeconds\":%.1f,\"restoreSeconds\":%.1f,"
            + "\"heapBytesAsNamesPass\":[%s]}",
        held.streams(),
        held.heapBytes(),
        held.heapBytesPerStream(),
        held.changelogBytesPerStream(),
        held.startSeconds(),
        held.restoreSeconds(),
        heaps.stream()
            .map(each -> String.format(Locale.ROOT, "%.0f", each))
            .collect(Collectors.joining(",")));
  }

  private static void line(StringBuilder text, String name, String figure, String limit) {
    text.append(
            String.format(Locale.ROOT, "%-34s %14s   %s%n", name, figure, limit).stripTrailing())
        .append(System.lineSeparator());
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
