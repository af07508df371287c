package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.ingest.source.EventFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: files of events into the topic. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends files of events into the topic of a running deployment.",
      "Lines that are no events are sent, too: the platform puts them into its dead letters, with the reason."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Events as JSON lines, plain, gzip or zstd.")
  List<Path> files = List.of();

  static final class Cluster {
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "The Kafka cluster.")
    @Nullable String bootstrap;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration of run, for its cluster.")
    @Nullable Path config;
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  Cluster cluster = new Cluster();

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "Times faster than it happened; without it, as fast as the cluster takes it.")
  double speed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 0)) {
      throw new IllegalArgumentException("--speed must be > 0, was " + speed);
    }
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException("No such file, or not readable: " + file);
      }
    }
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    long sent = 0;
    try (EventProducer producer = new EventProducer(connection(), speed)) {
      for (Path file : files) {
        try (EventFileReader reader = EventFileReader.open(file)) {
          while (reader.next()) {
            producer.send(line(reader));
            progress.show(file.getFileName().toString(), ++sent, reader.fractionRead());
          }
        }
      }
      producer.flush();
      progress.clear();
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "Sent %,d lines in %.1f s, %,d of them no events by themselves.",
                  sent,
                  progress.seconds(),
                  producer.notEvents()));
    }
    return ExitCodes.DONE;
  }

  /**
   * A copy of the current line. One that was cut off keeps a byte too many, so that the platform
   * says that it was too large and not that it ends too early.
   */
  private static byte[] line(EventFileReader reader) {
    int length = reader.length() + (reader.isTooLong() ? 1 : 0);
    return Arrays.copyOfRange(reader.line(), reader.offset(), reader.offset() + length);
  }

  private Map<String, Object> connection() throws IOException {
    Path config = cluster.config;
    if (config != null) {
      return Deployment.connection(RunConfigFile.read(config));
    }
    String bootstrap = cluster.bootstrap;
    return Map.of(
        "bootstrap.servers",
        bootstrap == null ? RunConfig.defaults().kafka().bootstrapServers() : bootstrap);
  }
}
