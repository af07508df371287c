package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.intake.PrivacyKeys;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.ingest.audit.AuditLines;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole deployment with its collector, asked by the clients that people have. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorIT {
  /** Debian's, which has the packages of the system. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String GATEWAY_TOPIC = "gateway-logs";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String INTAKE =
      """
      collector: {port: 0}
      sources: [{topic: gateway-logs, format: litellm, fromBeginning: true}]
      privacy: {keepText: {models: [kept], retention: 1h}}
      instance: {stateFolder: "%s"}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  private Path folder = Path.of("");
  private TestBroker broker;
  private Path configFile;
  private Deployment deployment;
  private Intake intake;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    logged.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    broker = new TestBroker();
    configFile =
        Runs.configFile(
            broker.bootstrapServers(),
            "collector-it",
            folder,
            Policy.defaults(),
            INTAKE.formatted(folder.resolve("state")));
    RunConfig config = RunConfigFile.read(configFile);
    deployment = Deployment.start(config, 1, List.of(), Map.of(), Clock.systemUTC());
    intake =
        Intake.start(
            config,
            deployment.registry(),
            deployment.deadLetters(),
            false,
            Map.of(),
            Clock.systemUTC());
    Patience.until("the collector takes events", Duration.ofSeconds(60), intake::isReady);
  }

  @AfterAll
  void stop() {
    if (intake != null) {
      intake.close();
    }
    if (deployment != null) {
      deployment.close();
    }
    broker.close();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + intake.port() + path);
  }

  private HttpResponse<String> post(
      String path, String contentType, Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String event(String id) {
    return "{\"id\":\"%s\",\"time\":\"%s\",\"model\":\"m\",\"principal\":\"client-%s\"}"
        .formatted(id, Instant.ofEpochMilli(Clock.systemUTC().millis()), id);
  }

  private List<JsonNode> events() throws IOException {
    return json(Topics.INFERENCE_EVENTS);
  }

  /** The records of a topic, of which those of the audit stand in lines. */
  private List<JsonNode> json(String topic) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), topic)) {
      for (ConsumerRecord<byte[], byte[]> record : records.soFar()) {
        for (byte[] line : AuditLines.of(record.value())) {
          found.add(MAPPER.readTree(line));
        }
      }
    }
    return found;
  }

  private List<String> ids() throws IOException {
    return events().stream().map(event -> event.path("id").asText()).toList();
  }

  @Test
  void nothingPrivateComesThroughInAnyFormat() throws Exception {
    int accepted = 0;
    for (PlantedPayloads planted : PlantedPayloads.all()) {
      HttpResponse<String> answer =
          post(
              planted.path(),
              planted.contentType(),
              planted.headers(),
              planted.body().getBytes(UTF_8));
      JsonNode counted = MAPPER.readTree(answer.body());
      if (planted.path().startsWith("/v1/traces") || planted.path().startsWith("/v1/logs")) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("rejected");
      } else {
        assertThat(counted.path("accepted").asInt())
            .as("%s answered %s", planted.path(), answer.body())
            .isEqualTo(planted.accepted());
      }
      accepted += planted.path().matches("/v1/(deployments|feedback)") ? 0 : planted.accepted();
    }
    produceToGatewayTopic();
    int fromTopic = 1;
    int all = accepted + fromTopic;
    Patience.until(
        "the events are in the topic",
        Duration.ofSeconds(60),
        () -> events().stream().filter(CollectorIT::isPlanted).count() >= all);
    Patience.until(
        "the refused records have dead letters",
        Duration.ofSeconds(60),
        () -> json(Topics.DEAD_LETTER_EVENTS).size() >= 2);
    Patience.until(
        "the dead letters are counted", Duration.ofSeconds(60), () -> countedDeadLetters() >= 2);

    assertThat(places()).isEmpty();
    assertThat(json(Topics.INFERENCE_TEXT))
        .singleElement()
        .satisfies(
            text -> assertThat(text.toString()).contains("a kept question", "a kept answer"));
    assertThat(json(Topics.INFERENCE_AUDIT).stream().map(record -> record.path("model").asText()))
        .contains("m", "kept");
  }

  private double countedDeadLetters() {
    Double counted =
        deployment
            .registry()
            .getSampleValue(
                "inferwarden_dead_letters_total",
                new String[] {"topic"},
                new String[] {Topics.DEAD_LETTER_EVENTS});
    return counted == null ? 0 : counted;
  }

  /** All pseudonyms of this deployment begin so; the other tests' principals do, too. */
  private static boolean isPlanted(JsonNode event) {
    return Set.of("m", "kept").contains(event.path("model").asText())
        && event.path("principal").asText().startsWith("p_");
  }

  private void produceToGatewayTopic() throws Exception {
    String good =
        PlantedPayloads.all().stream()
            .filter(planted -> planted.path().equals("/litellm"))
            .findFirst()
            .orElseThrow()
            .body();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value :
          List.of(
              good,
              "{\"planted\":",
              "{\"call_type\":\"completion\",\"model\":5,\"messages\":\"planted\"}")) {
        producer.send(new ProducerRecord<>(GATEWAY_TOPIC, value.getBytes(UTF_8))).get();
      }
    }
  }

  /** Where the mark is: topics of the platform, metrics, logs, files. */
  private Set<String> places() throws Exception {
    Set<String> places = new TreeSet<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Set<String> topics = new TreeSet<>(admin.listTopics().names().get());
      topics.remove(GATEWAY_TOPIC); // somebody else's
      assertThat(topics).contains(Topics.INFERENCE_AUDIT, Topics.FEEDBACK, Topics.DEPLOYMENTS);
      assertThat(places(GATEWAY_TOPIC)).as("the search finds what is there").isNotEmpty();
      for (String topic : topics) {
        places.addAll(places(topic));
      }
    }
    HttpRequest metrics =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + deployment.operationsPort() + "/metrics"))
            .build();
    note(places, "metrics", http.send(metrics, HttpResponse.BodyHandlers.ofByteArray()).body());
    for (ILoggingEvent line : List.copyOf(logged.list)) {
      note(places, "log", line.getFormattedMessage().getBytes(UTF_8));
      if (line.getThrowableProxy() != null) {
        note(places, "log", line.getThrowableProxy().getMessage().getBytes(UTF_8));
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        note(places, file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return places;
  }

  private Set<String> places(String topic) {
    Set<String> places = new TreeSet<>();
    try (CommittedRecords records = new CommittedRecords(broker.bootstrapServers(), topic)) {
      for (ConsumerRecord<byte[], byte[]> record : records.soFar()) {
        note(places, topic + " key", record.key());
        note(places, topic + " value", record.value());
        record.headers().forEach(header -> note(places, topic + " header", header.value()));
      }
    }
    return places;
  }

  private static void note(Set<String> places, String place, byte[] bytes) {
    if (bytes != null) {
      String text = new String(bytes, ISO_8859_1);
      int at = text.toLowerCase(Locale.ROOT).indexOf(PlantedPayloads.MARK);
      if (at >= 0) {
        places.add(
            place + ": " + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)));
      }
    }
  }

  @Test
  void curlSendsGzipAndZstd() throws Exception {
    Path lines = folder.resolve("curl.jsonl");
    Files.writeString(lines, event("curl-1") + "\n" + event("curl-2") + "\n");
    assertThat(run("gzip", "-kf", lines.toString()).exitCode()).isZero();
    assertThat(run("zstd", "-qf", lines.toString()).exitCode()).isZero();

    for (String coding : List.of("gzip", "zstd")) {
      Output output =
          run(
              "curl",
              "-sS",
              "-H",
              "Content-Type: application/x-ndjson",
              "-H",
              "Content-Encoding: " + coding,
              "--data-binary",
              "@" + lines + (coding.equals("gzip") ? ".gz" : ".zst"),
              uri("/v1/events").toString());
      assertThat(output.text()).contains("\"accepted\":2", "\"rejected\":0");
    }
    assertThat(ids()).contains("curl-1", "curl-2");
  }

  @Test
  void whatThePageOfPlainHttpTellsToTypeWorks() throws Exception {
    Path work = Files.createDirectory(folder.resolve("page"));
    Files.writeString(
        work.resolve("events.jsonl"), event("page-1") + "\n" + event("page-2") + "\n");
    List<String> commands =
        blocks("http.md", "").stream()
            .filter(block -> block.contains("curl -sS http://localhost:8088/"))
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(3);

    for (String block : commands) {
      String here = block.replace("http://localhost:8088", "http://127.0.0.1:" + intake.port());
      Output output = run("bash", "-ec", "cd '" + work + "'\n" + here);

      assertThat(output.exitCode()).as(output.text()).isZero();
      assertThat(output.text()).as(block).contains("\"rejected\":0").doesNotContain("error");
    }
    assertThat(ids()).contains("r-1", "page-1", "page-2");
  }

  @Test
  void theProgramOfThePythonPageWritesAnEvent() throws Exception {
    String program = blocks("python.md", "python").get(0);
    assumeThat(run(PYTHON, "-c", "import confluent_kafka").exitCode())
        .as("confluent-kafka for Python is installed")
        .isZero();

    Output output = run(PYTHON, "-c", program.replace("localhost:9092", broker.bootstrapServers()));

    assertThat(output.exitCode()).as(output.text()).isZero();
    assertThat(events())
        .anySatisfy(event -> assertThat(event.path("principal").asText()).isEqualTo("p-7f3a"));
  }

  /** The fenced blocks of a page of docs/connect, of one language. */
  private static List<String> blocks(String page, String language) throws IOException {
    String text = Files.readString(Path.of("..", "docs", "connect", page));
    List<String> blocks = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$").matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  @Test
  void kcatReadsWhatWasTaken() throws Exception {
    post("/v1/events", "application/json", Map.of(), event("kcat-1").getBytes(UTF_8));

    Output output =
        run(
            "kcat",
            "-q",
            "-C",
            "-e",
            "-b",
            broker.bootstrapServers(),
            "-t",
            Topics.INFERENCE_EVENTS,
            "-X",
            "isolation.level=read_committed");

    assertThat(output.text()).contains("\"id\":\"kcat-1\"").doesNotContain("client-kcat-1");
  }

  @Test
  void theSdkOfOpenTelemetryExportsASpan() throws Exception {
    try (OtlpHttpSpanExporter exporter =
            OtlpHttpSpanExporter.builder().setEndpoint(uri("/v1/traces").toString()).build();
        SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
      provider
          .get("test")
          .spanBuilder("chat m")
          .setSpanKind(SpanKind.CLIENT)
          .setAttribute("gen_ai.operation.name", "chat")
          .setAttribute("gen_ai.request.model", "m-otel")
          .setAttribute("enduser.id", "alice")
          .setAttribute("gen_ai.usage.output_tokens", 18L)
          .startSpan()
          .end();
      assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    assertThat(events())
        .anySatisfy(
            event -> {
              assertThat(event.path("model").asText()).isEqualTo("m-otel");
              assertThat(event.path("output").path("tokens").asInt()).isEqualTo(18);
            });
  }

  @Test
  void theSdkOfCloudEventsSendsBothModes() throws Exception {
    sendCloudEvent("request", "{\"instances\":[{\"amount\":12.5}]}", true);
    sendCloudEvent("response", "{\"predictions\":[0.25]}", false);

    Patience.until(
        "the event of both halves is in the topic",
        Duration.ofSeconds(60),
        () -> events().stream().anyMatch(event -> event.path("model").asText().equals("m-kserve")));
    assertThat(events())
        .anySatisfy(
            event -> {
              assertThat(event.path("model").asText()).isEqualTo("m-kserve");
              assertThat(event.path("input").path("features").path("amount").asDouble())
                  .isEqualTo(12.5);
              assertThat(event.path("output").path("value").asDouble()).isEqualTo(0.25);
            });
  }

  private void sendCloudEvent(String half, String data, boolean isStructured) throws Exception {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("sdk-1")
            .withType("org.kubeflow.serving.inference." + half)
            .withSource(URI.create("http://localhost:9081/"))
            .withTime(OffsetDateTime.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC))
            .withExtension("inferenceservicename", "m-kserve")
            .withData("application/json", data.getBytes(UTF_8))
            .build();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("/kserve"));
    MessageWriter<?, Void> writer =
        HttpMessageFactory.createWriter(
            request::header, body -> request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    if (isStructured) {
      writer.writeStructured(event, "application/cloudevents+json");
    } else {
      writer.writeBinary(event);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void theAuditIsVerifiedAndFindsWhatANameAsked() throws Exception {
    post("/v1/events", "application/json", Map.of(), event("audit-1").getBytes(UTF_8));

    StringWriter verified = new StringWriter();
    int exit = command(verified, "audit", "verify", "--config", configFile.toString());
    StringWriter found = new StringWriter();
    int findExit =
        command(
            found,
            "audit",
            "find",
            "--config",
            configFile.toString(),
            "--name",
            "client-audit-1",
            "--model",
            "m");

    assertThat(exit).as(verified.toString()).isZero();
    assertThat(findExit).isZero();
    assertThat(found.toString()).contains("audit-1");
    assertThat(Files.exists(folder.resolve("state").resolve(PrivacyKeys.OWN_KEY))).isTrue();
  }

  private static int command(StringWriter out, String... arguments) {
    PrintWriter writer = new PrintWriter(out, true);
    return InferwardenApp.commandLine(writer, writer).execute(arguments);
  }

  private record Output(int exitCode, String text) {}

  private static Output run(String... command) throws Exception {
    assumeThat(isInstalled(command[0])).as("%s is installed", command[0]).isTrue();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Output(process.exitValue(), text);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(program)));
  }
}
