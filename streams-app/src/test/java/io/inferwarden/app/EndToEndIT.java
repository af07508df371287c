package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.WebhookReceiver.Attempt;
import io.inferwarden.app.embedded.BrokerProcess;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sets up: a broker, the command {@code run}, events by the command {@code
 * replay}, and a receiver of webhooks; each in a process of its own or over its own socket.
 */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndIT {
  private static final String ALERTS =
      "alerts: {allow: 127.0.0.1,"
          + " sinks: [{name: pager, type: webhook, url: \"%s\", secretFile: webhook.secret}]}";

  private static final String APPLICATION = "end-to-end";
  private static final Policy POLICY = RecordedWorld.policy(Duration.ofSeconds(10));
  private static final Duration QUIET = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern LABEL_VALUE = Pattern.compile("=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final RecordedWorld world = RecordedWorld.get();
  private List<String> expected = List.of();
  private List<String> raised = List.of();
  private List<Attempt> attempts = List.of();
  private List<Attempt> taken = List.of();
  private List<String> fileLines = List.of();
  private String metrics = "";
  private int health;
  private int readiness;

  @BeforeAll
  void runOnce(@TempDir Path folder) throws Exception {
    expected = world.backtest(POLICY);
    Path events = world.writeTo(folder.resolve("events.jsonl"));
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 42);
    String secretText = "whsec_" + Base64.getEncoder().encodeToString(secret);
    Files.writeString(folder.resolve("webhook.secret"), secretText);
    try (WebhookReceiver receiver = new WebhookReceiver(secretText);
        BrokerProcess broker = BrokerProcess.start();
        InstanceProcess instance =
            InstanceProcess.start(
                    Runs.configFile(
                        broker.bootstrapServers(),
                        APPLICATION,
                        folder,
                        POLICY,
                        ALERTS.formatted(receiver.url())),
                    folder.resolve("run.log"))
                .awaitReady();
        IncidentWatch watch = new IncidentWatch(broker.bootstrapServers(), APPLICATION)) {
      awaitIdleness(broker.bootstrapServers());
      replay(events, broker.bootstrapServers());
      raised = watch.atRest(expected.size(), QUIET, PATIENCE);
      Patience.until(
          "each incident was taken by the receiver",
          PATIENCE,
          () -> receiver.taken().size() >= raised.size());
      health = instance.get("/healthz").statusCode();
      readiness = instance.get("/readyz").statusCode();
      metrics = instance.get("/metrics").body();
      instance.stop();
      attempts = receiver.attempts();
      taken = receiver.taken();
      fileLines = Files.readAllLines(folder.resolve("incidents.jsonl"));
    }
  }

  /**
   * A deployment may wait for its first event for long: by then each partition has told each of the
   * learners that it is idle, which must not end the learning of old events.
   */
  private static void awaitIdleness(String bootstrapServers) throws Exception {
    try (CommittedRecords told = new CommittedRecords(bootstrapServers, Topics.LEARNING_SAMPLES)) {
      Patience.until(
          "all partitions are idle",
          PATIENCE,
          () -> told.soFar().size() >= TestBroker.PARTITIONS * TestBroker.PARTITIONS);
    }
  }

  private static void replay(Path events, String bootstrapServers) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    int exitCode =
        InferwardenApp.commandLine(writer, writer)
            .execute("replay", events.toString(), "--bootstrap", bootstrapServers);
    assertThat(exitCode).as(printed.toString()).isZero();
  }

  @Test
  void raisesTheIncidentsOfABacktest() {
    assertThat(raised).isEqualTo(expected);
  }

  @Test
  void writesEachRevisionIntoTheFileOnce() {
    assertThat(fileLines.stream().sorted().toList()).isEqualTo(expected);
  }

  @Test
  void tellsTheReceiverOfEachRevisionOnceSigned() throws Exception {
    List<String> told = new ArrayList<>();
    for (Attempt attempt : taken) {
      told.add(MAPPER.readTree(attempt.body()).path("data").toString());
    }

    assertThat(attempts).noneMatch(attempt -> attempt.answer() == 401);
    assertThat(told.stream().sorted().toList()).isEqualTo(expected);
  }

  @Test
  void triesAgainUnderTheSameIdWithTheSameBody() {
    List<Attempt> refused = attempts.stream().filter(one -> one.answer() == 503).toList();

    assertThat(refused).isNotEmpty();
    for (Attempt attempt : refused) {
      assertThat(taken).contains(new Attempt(attempt.id(), attempt.body(), 204));
    }
    assertThat(taken).extracting(Attempt::id).doesNotHaveDuplicates();
  }

  @Test
  void saysThatItIsWellWhileItRuns() {
    assertThat(health).isEqualTo(200);
    assertThat(readiness).isEqualTo(200);
  }

  @Test
  void hasMetricsThatPromtoolAccepts() throws Exception {
    assumeThat(isOnPath("promtool")).as("promtool is installed").isTrue();

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream input = promtool.getOutputStream()) {
      input.write(metrics.getBytes(UTF_8));
    }
    String complaints = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    assertThat(promtool.waitFor()).as(complaints).isZero();
  }

  @Test
  void namesNobodyInItsMetrics() throws IOException {
    Set<String> people = new HashSet<>();
    for (var event : world.events()) {
      JsonNode json = MAPPER.readTree(event.json());
      people.add(json.path("principal").asText());
      people.add(json.path("ip").asText());
      people.add(json.path("org").asText());
    }
    List<String> labels = new ArrayList<>();
    for (Matcher label = LABEL_VALUE.matcher(metrics); label.find(); ) {
      labels.add(label.group(1));
    }

    assertThat(labels).isNotEmpty();
    assertThat(labels).noneMatch(label -> people.stream().anyMatch(label::contains));
  }

  @Test
  void countsEveryEventOnce() {
    assertThat(metrics)
        .containsPattern(
            "(?m)^inferwarden_events_processed_total "
                + Pattern.quote(String.valueOf((double) world.events().size()))
                + "$");
  }

  private static boolean isOnPath(String command) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
