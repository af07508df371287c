package io.inferwarden.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One size of a deployment that is measured: what differs from the usual one.
 *
 * @param series what is varied
 * @param value of it, as the table says it
 * @param arguments of the throughput benchmark that set it; none for its defaults
 */
record Point(String series, String value, List<String> arguments) {
  /** What there is to vary, as the options of the throughput benchmark say it. */
  static final List<String> SERIES =
      List.of("models", "principals", "features", "partitions", "threads", "skew");

  Point {
    arguments = List.copyOf(arguments);
  }

  private static Point of(String series, int value) {
    return new Point(series, String.valueOf(value), List.of("--" + series, String.valueOf(value)));
  }

  /** A size with five models: the samples of more, with many features, need a larger heap. */
  private static Point ofFewModels(String series, int value) {
    return new Point(
        series,
        String.valueOf(value),
        List.of("--" + series, String.valueOf(value), "--models", "5"));
  }

  /** Every size that the table has, series by series. */
  static List<Point> all() {
    List<Point> all = new ArrayList<>();
    IntStream.of(1, 10, 100, 1_000).forEach(value -> all.add(of("models", value)));
    IntStream.of(1_000, 10_000, 100_000, 1_000_000)
        .forEach(value -> all.add(of("principals", value)));
    IntStream.of(4, 16, 64, 128).forEach(value -> all.add(ofFewModels("features", value)));
    IntStream.of(1, 2, 4, 8, 16, 32).forEach(value -> all.add(of("partitions", value)));
    IntStream.of(1, 2).forEach(value -> all.add(of("threads", value)));
    all.add(new Point("skew", "none", List.of()));
    all.add(new Point("skew", "60 % one principal", List.of("--hot-principal", "0.6")));
    all.add(new Point("skew", "60 % one model", List.of("--hot-model", "0.6")));
    return all;
  }

  String words() {
    return series + ", " + value;
  }
}
