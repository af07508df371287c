package io.inferwarden.k8s.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.ingest.collector.ClientKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The users of {@code components/strimzi/users} on a Kafka that has just their rights and the
 * topics of {@code components/strimzi/topics}: each part runs as its own user, with the
 * configuration of production, and is denied nothing.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UserRightsIT {
  private static final String COLLECTOR = "inferwarden-collector";
  private static final String DETECTION = "inferwarden-detection";
  private static final String DISPATCHER = "inferwarden-dispatcher";
  private static final String OPERATOR = "inferwarden-operator";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OPERATORS_TOKEN = "fedcba9876543210fedcba9876543210";
  private static final Pattern EVENTS = Pattern.compile("(?m)^Events: ([^\\s,]+),");
  private static final Pattern OPERATIONS =
      Pattern.compile("(?m)^Metrics and health: (\\S+)/metrics");
  private static final int EVENTS_OF_A_REQUEST = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final HeldCertificate authority =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("cluster-ca").build();
  private final Map<String, ShippedConfiguration> configurations = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, PlatformPart> parts = new HashMap<>();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final Rendered rendered = Rendered.production();
  private final ClientKeys.Generated sender = ClientKeys.generate(new SecureRandom());

  private Path folder = Path.of("");
  private AuthorizingBroker broker;
  private HttpServer receiver;
  private String api = "";

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    CompletableFuture<DemoWorld> world =
        CompletableFuture.supplyAsync(
            () -> DemoWorld.create(7, Duration.ofDays(20_500).toMillis()));
    broker =
        AuthorizingBroker.start(
            Files.createDirectory(folder.resolve("kafka")),
            new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("127.0.0.1")
                .build(),
            authority);
    DeclaredKafka.prepare(rendered, broker.bootstrapServersOfTheTest());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
    configure();
    parts.put(COLLECTOR, part(COLLECTOR, "collect"));
    parts.put(DETECTION, part(DETECTION, "run", "--no-delivery", "--instance", "detection-0"));
    parts.put(DISPATCHER, part(DISPATCHER, "dispatch"));
    api = parts.get(DISPATCHER).awaitPrinted(OPERATIONS);
    send(world.get(), URI.create(parts.get(COLLECTOR).awaitPrinted(EVENTS)));
  }

  private void configure() throws IOException {
    Files.writeString(folder.resolve("webhook"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    configuration(Rendered.operator(), OPERATOR, "inferwarden-operator-config", "inferwarden.yaml");
    for (String user : List.of(DETECTION, DISPATCHER)) {
      configuration(rendered, user, "inferwarden-config", "inferwarden.yaml")
          .withFiles("api", Map.of("reader", TOKEN, "operator", OPERATORS_TOKEN))
          .with("alerts", "allow", "127.0.0.1")
          .with(
              "alerts",
              "sinks",
              "[{name: soc, type: webhook, url: \"http://127.0.0.1:%d/\", secretFile: \"%s\"}]"
                  .formatted(receiver.getAddress().getPort(), folder.resolve("webhook")));
    }
    configuration(rendered, COLLECTOR, "inferwarden-collector-config", "collector.yaml")
        .with("collector", "keys", "[{name: sender, sha256: \"%s\"}]".formatted(sender.sha256()))
        .withFiles("inferwarden", Map.of("pseudonyms", TOKEN + TOKEN));
    for (var each : configurations.entrySet()) {
      files.put(each.getKey(), each.getValue().write());
    }
  }

  private ShippedConfiguration configuration(Rendered from, String user, String map, String file)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve(user));
    HeldCertificate certificate =
        new HeldCertificate.Builder().signedBy(authority).commonName(user).build();
    ShippedConfiguration made =
        ShippedConfiguration.of(from, map, file, own, broker.bootstrapServers())
            .withCertificates(certificate, authority);
    configurations.put(user, made);
    return made;
  }

  private PlatformPart part(String user, String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--config", files.get(user).toString()));
    return PlatformPart.start(folder.resolve(user + ".log"), arguments);
  }

  private void send(DemoWorld world, URI events) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int count = 0;
    for (DemoEvent event : world.events()) {
      body.write(event.json());
      body.write('\n');
      if (++count % EVENTS_OF_A_REQUEST == 0 || count == world.events().size()) {
        byte[] lines = body.toByteArray();
        await("events are taken", () -> status(events, lines) == 202);
        body.reset();
      }
    }
  }

  private int status(URI events, byte[] lines) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .header("Content-Type", "application/x-ndjson")
            .header("Authorization", "Bearer " + sender.key())
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Waits; where it was in vain, says what was denied, and what the parts logged. */
  private void await(String expectation, Callable<Boolean> condition) throws Exception {
    try {
      PlatformPart.until(expectation, condition);
    } catch (AssertionError e) {
      StringBuilder seen = new StringBuilder(String.join("\n", broker.denials()));
      for (PlatformPart part : parts.values()) {
        seen.append("\n----\n").append(part.printed());
      }
      throw new AssertionError(e.getMessage() + "\n" + seen, e);
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (PlatformPart part : parts.values()) {
      part.close();
    }
    if (receiver != null) {
      receiver.stop(0);
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  @Order(1)
  void eventsComeOutAsIncidentsThatAreTold() throws Exception {
    await(
        "a receiver is told of an incident",
        () -> told.stream().anyMatch(body -> body.contains("\"change\":\"opened\"")));
    await("the API knows of one", () -> !incidents().isEmpty());
  }

  private JsonNode incidents() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/api/v1/incidents?limit=100"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .path("incidents");
  }

  @Test
  @Order(2)
  void whatOperatorsAskOfTheApiIsDone() throws Exception {
    String id = incidents().path(0).path("id").asText();
    Path token = Files.writeString(folder.resolve("token"), OPERATORS_TOKEN);

    for (List<String> asked :
        List.of(
            List.of("verdict", id, "true"),
            List.of("silence", "add", "--model", "quiet-*", "--for", "1h", "--reason", "a test"),
            List.of("test", "--sink", "soc", "--wait", "2m"),
            List.of("redeliver", "--since", "1d", "--sink", "soc"),
            List.of("deliveries", "--sink", "soc"))) {
      List<String> arguments = new ArrayList<>(List.of("alerts"));
      arguments.addAll(asked);
      arguments.addAll(List.of("--url", api, "--token-file", token.toString()));

      PlatformCommand.done(arguments.toArray(String[]::new));
    }
  }

  @Test
  @Order(3)
  void commandsAreDoneAsTheOperatorsUser() throws Exception {
    String config = files.get(OPERATOR).toString();
    String baselines = folder.resolve("baselines.iwb").toString();
    Path publicKey = folder.resolve("audit-public.pem");
    Files.writeString(
        publicKey,
        PlatformCommand.done("audit", "key", "--config", files.get(COLLECTOR).toString())
            .lines()
            .takeWhile(line -> !line.startsWith("key "))
            .collect(Collectors.joining("\n", "", "\n")));

    PlatformCommand.done("baseline", "export", "--config", config, "--out", baselines);
    PlatformCommand.done("baseline", "show", "--config", config);
    PlatformCommand.done(
        "baseline", "promote", baselines, "--config", config, "--by", "anna", "--reason", "a test");
    PlatformCommand.done("audit", "verify", "--config", config, "--key", publicKey.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {Topics.INFERENCE_EVENTS, Topics.INCIDENT_BOOK})
  @Order(3)
  void operatorsReadWhatIsLearnedAnew(String topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(OPERATOR, topic)) {
      await("something is read", () -> !consumer.poll(Duration.ofSeconds(1)).isEmpty());
    }
  }

  @Test
  @Order(3)
  void kafkasOwnCommandsMayLookAtTopicsAndGroups() throws Exception {
    String text =
        Rendered.operator().configuration("inferwarden-operator-config", "kafka.properties");
    Properties properties = new Properties();
    properties.load(
        new StringReader(text.replace("/run/secrets/", folder.resolve(OPERATOR) + "/secrets/")));
    properties.put("bootstrap.servers", broker.bootstrapServers());
    String changelog = "inferwarden-routed-incidents-changelog";

    try (Admin admin = Admin.create(properties)) {
      assertThat(admin.listTopics().names().get())
          .contains(Topics.INFERENCE_AUDIT, Topics.FEEDBACK, changelog);
      assertThat(
              admin
                  .describeTopics(Topics.all(1, (short) 1).stream().map(NewTopic::name).toList())
                  .allTopicNames()
                  .get())
          .isNotEmpty();
      assertThat(admin.describeConsumerGroups(List.of("inferwarden")).all().get()).isNotEmpty();
      assertThat(admin.listConsumerGroupOffsets("inferwarden").all().get()).isNotEmpty();
      TopicPartition partition = new TopicPartition(changelog, 0);
      assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get())
          .containsKey(partition);
      ConfigResource audit = new ConfigResource(ConfigResource.Type.TOPIC, Topics.INFERENCE_AUDIT);
      assertThat(admin.describeConfigs(List.of(audit)).all().get()).containsKey(audit);
    }
  }

  @ParameterizedTest
  @CsvSource({
    COLLECTOR + ",incidents",
    COLLECTOR + ",findings",
    DETECTION + ",inference-audit",
    DETECTION + ",inference-text",
    DISPATCHER + ",inference-events",
    DISPATCHER + ",inference-audit",
    OPERATOR + ",inference-text",
  })
  @Order(5)
  void nobodyReadsWhatIsNotTheirs(String user, String topic) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(user, topic)) {
      assertThatThrownBy(() -> consumer.poll(Duration.ofMinutes(1)))
          .isInstanceOf(TopicAuthorizationException.class);
    }

    assertThat(broker.denials())
        .anyMatch(said -> said.contains("CN=" + user + " ") && said.contains(topic));
  }

  private KafkaConsumer<byte[], byte[]> consumer(String user, String topic) throws IOException {
    List<TopicPartition> all =
        IntStream.range(0, DeclaredKafka.partitionsOf(rendered.one("KafkaTopic", topic)))
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection(user), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return consumer;
  }

  @ParameterizedTest
  @CsvSource({
    COLLECTOR + ",notifications",
    DETECTION + ",inference-events",
    DISPATCHER + ",incidents",
    OPERATOR + ",inference-audit",
    OPERATOR + ",inference-events",
  })
  @Order(5)
  void nobodyWritesWhatIsNotTheirs(String user, String topic) throws IOException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection(user), new ByteArraySerializer(), new ByteArraySerializer())) {

      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1])).get())
          .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  private Map<String, Object> connection(String user) throws IOException {
    return new HashMap<>(Deployment.connection(RunConfigFile.read(files.get(user))));
  }

  @Test
  @Order(4)
  void nobodyWasDeniedWhatTheyNeed() throws Exception {
    assertThat(broker.denials()).isEmpty();
    for (PlatformPart part : parts.values()) {
      assertThat(part.printed()).doesNotContain("Authorization", "authorized");
    }
  }
}
