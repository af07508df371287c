package io.inferwarden.bench.throughput;

import picocli.CommandLine.Option;

/** Size of the deployment whose traffic is measured, as options of a command. */
final class TrafficOptions {
  @Option(names = "--models", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
  int models;

  @Option(
      names = "--principals",
      defaultValue = "100000",
      description = "Who ask by a law of Zipf; default: ${DEFAULT-VALUE}.")
  int principals;

  @Option(
      names = "--features",
      defaultValue = "10",
      description = "Numeric features of an event; default: ${DEFAULT-VALUE}.")
  int features;
}
