package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --model}, which leaves out the baselines of all others. */
final class OnlyModel {
  @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
  @Nullable String name;

  boolean means(BaselineRecord baseline) {
    return name == null || baseline.model().equals(name);
  }
}
