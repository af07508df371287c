package io.inferwarden.bench.abuse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Promised against observed false accusations of the detector of principals on recorded traces,
 * when the learning saw less than the whole; what evaders cost; and other detectors at the same
 * number of honest accused. The same seed gives the same figures.
 *
 * <pre>{@code
 * ./mvnw -pl bench -am package -DskipTests
 * java -cp "bench/target/bench-0.1.0-SNAPSHOT.jar:bench/target/lib/*" \
 *     io.inferwarden.bench.abuse.AbuseCalibration TRACE.jsonl.gz... \
 *     --markdown docs/detectors/abuse.md
 * }</pre>
 */
@Command(
    name = "abuse",
    mixinStandardHelpOptions = true,
    description = "Promised against observed false accusations, evaders and rivals, on traces.")
public final class AbuseCalibration implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      description = "Traces, X.jsonl.gz, each with X.labels.json beside it.")
  private List<Path> traces = List.of();

  @Option(
      names = "--splits",
      description = "Random halvings and deletions of each trace. Default: ${DEFAULT-VALUE}.")
  private int splits = 20;

  @Option(names = "--seed", description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--threads", description = "Threads. Default: ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(names = "--json", description = "Write all results to this file.")
  private @Nullable Path json;

  @Option(
      names = "--markdown",
      description = "Replace the tables between the markers of this file.")
  private @Nullable Path markdown;

  @Spec private @Nullable CommandSpec spec;

  private AbuseCalibration() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AbuseCalibration()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException, IOException {
    Calibration.Settings settings = settings();
    String page = page();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<CalibrationResult>> running = new ArrayList<>();
      for (Path path : traces) {
        running.add(
            executor.submit(() -> new Calibration(RecordedTrace.read(path), settings).run()));
      }
      List<CalibrationResult> results = new ArrayList<>();
      for (Future<CalibrationResult> each : running) {
        results.add(each.get());
      }
      String tables = CalibrationMarkdown.of(settings, results);
      System.out.print(tables);
      if (json != null) {
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValue(json.toFile(), results);
      }
      if (markdown != null) {
        Files.writeString(markdown, CalibrationMarkdown.replaceIn(page, tables));
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
    if (!CalibrationMarkdown.hasMarkers(page)) {
      throw wrongUsage(
          markdown
              + " must hold '"
              + CalibrationMarkdown.BEGIN
              + "' and '"
              + CalibrationMarkdown.END
              + "'");
    }
    return page;
  }

  private Calibration.Settings settings() {
    if (threads < 1) {
      throw wrongUsage("threads must be >= 1, was " + threads);
    }
    for (Path trace : traces) {
      if (!Files.isReadable(trace)) {
        throw wrongUsage("trace must be a file that can be read, was " + trace);
      }
    }
    try {
      return new Calibration.Settings(splits, seed);
    } catch (IllegalArgumentException wrong) {
      throw wrongUsage(wrong.getMessage());
    }
  }

  private ParameterException wrongUsage(@Nullable String message) {
    CommandSpec known = Objects.requireNonNull(spec, "set by picocli");
    return new ParameterException(known.commandLine(), message);
  }
}
