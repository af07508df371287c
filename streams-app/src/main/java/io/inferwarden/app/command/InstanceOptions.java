package io.inferwarden.app.command;

import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options {@code --config} and {@code --instance} of those who have peers. */
final class InstanceOptions {
  @Mixin ConfigOption config = new ConfigOption();

  @Option(
      names = "--instance",
      paramLabel = "ID",
      description =
          "The name that this process keeps over restarts; goes before instance.id of the"
              + " configuration, so that several can share one file.")
  @Nullable String name;

  RunConfig read() throws IOException {
    RunConfig inFile = config.read();
    String given = name;
    return given == null ? inFile : inFile.with(inFile.instance().withId(given));
  }
}
