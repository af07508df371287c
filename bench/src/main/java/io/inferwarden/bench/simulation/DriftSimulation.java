package io.inferwarden.bench.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Proof by simulation: the real drift detector over simulated months without a change, promised
 * against observed false alarms, and over shifts of known size; other detectors beside it on the
 * same streams. The same seed gives the same figures on any number of threads.
 *
 * <pre>{@code
 * ./mvnw -pl bench -am package -DskipTests
 * java -cp "bench/target/bench-0.1.0-SNAPSHOT.jar:bench/target/lib/*" \
 *     io.inferwarden.bench.simulation.DriftSimulation --streams 60 --days 30 \
 *     --markdown docs/detectors/drift.md
 * }</pre>
 */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = "Simulated months without a change, and shifts of known size.")
public final class DriftSimulation implements Callable<Integer> {
  @Option(
      names = "--streams",
      description = "Streams of each null and shift. Default: ${DEFAULT-VALUE}.")
  private int streams = 60;

  @Option(names = "--days", description = "Days watched of each stream. Default: ${DEFAULT-VALUE}.")
  private int days = 30;

  @Option(names = "--seed", description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--only",
      description = "Only nulls whose name starts so, or the tables 'shifts' or 'minutes'.")
  private String only = "";

  @Option(names = "--threads", description = "Threads. Default: ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(names = "--json", description = "Write all results to this file.")
  private @Nullable Path json;

  @Option(
      names = "--markdown",
      description = "Replace the tables between the markers of this file; not with --only.")
  private @Nullable Path markdown;

  @Spec private @Nullable CommandSpec spec;

  private DriftSimulation() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DriftSimulation()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException, IOException {
    Simulation.Settings settings = settings();
    String page = page();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      System.out.print(TextReport.header());
      SimulationResult result =
          new Simulation(settings, executor, System.err)
              .run(each -> System.out.print(TextReport.row(each)));
      System.out.print(TextReport.shifts(result));
      if (json != null) {
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValue(json.toFile(), result);
      }
      if (markdown != null) {
        Files.writeString(
            markdown, MarkdownReport.replaceIn(page, MarkdownReport.of(settings, result)));
      }
      return 0;
    } finally {
      executor.shutdownNow();
    }
  }

  /** The page to write the tables into; empty without one. Found wanting before the long run. */
  private String page() throws IOException {
    if (markdown == null) {
      return "";
    }
    String page = Files.readString(markdown);
    if (!MarkdownReport.hasMarkers(page)) {
      throw wrongUsage(
          markdown + " must hold '" + MarkdownReport.BEGIN + "' and '" + MarkdownReport.END + "'");
    }
    return page;
  }

  private Simulation.Settings settings() {
    if (threads < 1) {
      throw wrongUsage("threads must be >= 1, was " + threads);
    }
    if (markdown != null && !only.isEmpty()) {
      throw wrongUsage("--markdown writes all tables, so it cannot be used with --only");
    }
    try {
      return new Simulation.Settings(streams, days, seed, only);
    } catch (IllegalArgumentException wrong) {
      throw wrongUsage(wrong.getMessage());
    }
  }

  private ParameterException wrongUsage(@Nullable String message) {
    CommandSpec known = Objects.requireNonNull(spec, "set by picocli");
    return new ParameterException(known.commandLine(), message);
  }
}
