package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances and a broker, each in a process of its own, under a steady load, while one fault
 * comes after another: what is judged, raised and told is what an undisturbed run has, and the
 * probes tell the truth throughout.
 */
@Tag("slow")
@Timeout(600)
class ClusterFaultsIT {
  private static final String APPLICATION = "cluster-faults";

  /** Longer than the broker is away: its absence is no sign that there are no more events. */
  private static final Duration IDLE_AFTER = Duration.ofSeconds(30);

  private static final Policy POLICY = RecordedWorld.policy(IDLE_AFTER);
  private static final Duration QUIET = IDLE_AFTER.plusSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The faults take about as long; what is left after them is sent at once. */
  private static final Duration LOAD = Duration.ofMinutes(2);

  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  private final RecordedWorld world = RecordedWorld.get();
  private final Map<String, InstanceProcess> instances = new TreeMap<>();
  private final Map<String, HealthWatch> watches = new TreeMap<>();
  private final Map<String, Path> configs = new HashMap<>();
  private final List<String> untruths = new ArrayList<>();
  private final List<String> probes = new ArrayList<>();
  private int starts;
  private BrokerProcess broker;
  private WebhookReceiver receiver;
  private PartitionProgress progress;

  @AfterEach
  void stop() throws Exception {
    for (HealthWatch watch : watches.values()) {
      watch.close();
    }
    for (InstanceProcess instance : instances.values()) {
      instance.close();
    }
    if (progress != null) {
      progress.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  @Test
  void noFaultLosesAnEventDoublesAnIncidentOrMakesAProbeLie() throws Exception {
    assumeTrue(SmallDisk.isPossible(), "a full disk needs unshare and leave to use it");
    CompletableFuture<List<String>> undisturbed =
        CompletableFuture.supplyAsync(() -> backtest(world));
    broker = BrokerProcess.start(folder.resolve("kafka"), folder.resolve("broker.log"));
    receiver = new WebhookReceiver(SECRET);
    progress = new PartitionProgress(broker.bootstrapServers(), APPLICATION);
    configure("one");
    configure("two");
    begin("one", List.of()).awaitReady();
    begin("two", List.of()).awaitReady();
    List<String> expected = undisturbed.get();
    Runs.send(broker.bootstrapServers(), world.firstDay(), 0);
    progress.awaitRecovery("the first day", PATIENCE);

    try (PacedLoad load = new PacedLoad(broker.bootstrapServers(), world.secondDay(), LOAD);
        IncidentWatch incidents = new IncidentWatch(broker.bootstrapServers(), APPLICATION)) {
      restart("one");
      restart("two");
      kill(progress.busiest(instances.keySet()));
      restartBroker();
      fillTheDisk("two");
      assertThat(load.isOver()).as("the load ended before the last fault").isFalse();
      load.sendTheRest();
      Map<TopicPartition, Long> ends = progress.ends();
      List<String> raised = incidents.atRest(expected.size(), QUIET, PATIENCE);

      assertThat(raised).isEqualTo(expected);
      assertThat(progress.hasPassed(ends)).as("every event is judged").isTrue();
      Patience.until("all is told", PATIENCE, () -> told().containsAll(expectedMessages(expected)));
      Patience.until("all is in files", PATIENCE, () -> written().containsAll(expected));
    }
    watches.values().forEach(this::conclude);
    report();
    assertThat(told()).isEqualTo(expectedMessages(expected));
    assertThat(written()).containsExactlyInAnyOrderElementsOf(new HashSet<>(expected));
    for (List<String> lines : files()) {
      assertThat(lines).as("a file tells a revision once").doesNotHaveDuplicates();
    }
    assertThat(untruths).isEmpty();
    for (InstanceProcess instance : instances.values()) {
      assertThat(instance.isAlive()).as(instance.printed()).isTrue();
    }
  }

  private static List<String> backtest(RecordedWorld world) {
    try {
      return world.backtest(POLICY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pod is asked to end, ends, and another of the same name begins. */
  private void restart(String name) throws Exception {
    long fault = System.nanoTime();
    end(name);
    instances.get(name).stop();
    InstanceProcess next = begin(name, List.of());
    recover("a rolling restart of " + name, fault);
    next.awaitReady();
  }

  /** A node dies: first the other instance takes over, then it comes again. */
  private void kill(String name) throws Exception {
    end(name);
    long fault = System.nanoTime();
    instances.get(name).kill();
    recover("kill -9 of " + name + ", which stays away", fault);
    long again = System.nanoTime();
    InstanceProcess next = begin(name, List.of());
    next.awaitReady();
    recover("the return of " + name, again);
  }

  private void restartBroker() throws Exception {
    int port = broker.port();
    long fault = System.nanoTime();
    broker.close();
    broker = BrokerProcess.start(folder.resolve("kafka"), port, folder.resolve("broker-2.log"));
    recover("kill -9 and restart of the broker", fault);
    Patience.until("both are ready", PATIENCE, () -> isReady("one") && isReady("two"));
  }

  /** An instance comes up with no room for its state nor for the file that it tells. */
  private void fillTheDisk(String name) throws Exception {
    SmallDisk disk = new SmallDisk(Files.createDirectory(folder.resolve("small-" + name)));
    Path earlier = folder.resolve(name).resolve("incidents.jsonl");
    Files.copy(earlier, folder.resolve("earlier.jsonl"));
    configs.put(name, config(name + "-full", name, disk.folder()));
    long fault = System.nanoTime();
    end(name);
    instances.get(name).stop();
    InstanceProcess full = begin(name, disk.command());
    recover("a restart of " + name + " with a full disk", fault);
    full.awaitReady();
    int before = Files.readAllLines(disk.seenBy(full).resolve("incidents.jsonl")).size();
    assertThat(before).as("a full disk takes no incident").isZero();
    disk.makeRoom(full);
  }

  private boolean isReady(String name) throws Exception {
    return instances.get(name).get("/readyz").statusCode() == 200;
  }

  private void recover(String fault, long sinceNanos) throws Exception {
    progress.awaitRecovery(fault, PATIENCE);
    System.out.printf(
        "%5.1f s until all partitions went on after %s%n",
        (System.nanoTime() - sinceNanos) / 1e9, fault);
  }

  private void configure(String name) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    configs.put(name, config(name, name, own));
  }

  private Path config(String file, String id, Path own) throws IOException {
    Path into = Files.createDirectories(folder.resolve("config-" + file));
    Path written =
        Runs.configFile(
            broker.bootstrapServers(),
            APPLICATION,
            own,
            POLICY,
            """
            instance: {id: %s, stateFolder: "%s", standbyReplicas: 1}
            alerts:
              allow: 127.0.0.1
              sinks:
                - {name: soc, type: webhook, url: "%s", secretEnv: SOC}
              route: {sinks: [soc]}
            """
                .formatted(id, own.resolve("state"), receiver.url()));
    return Files.move(written, into.resolve("config.yaml"));
  }

  private InstanceProcess begin(String name, List<String> through) throws IOException {
    InstanceProcess instance =
        InstanceProcess.start(
            through,
            configs.get(name),
            folder.resolve(name + "-" + ++starts + ".log"),
            Map.of("SOC", SECRET));
    instances.put(name, instance);
    watches.put(name, new HealthWatch(name + "-" + starts, instance));
    return instance;
  }

  private void end(String name) throws InterruptedException {
    HealthWatch watch = watches.remove(name);
    watch.close();
    conclude(watch);
  }

  private void conclude(HealthWatch watch) {
    untruths.addAll(watch.untruths());
    probes.add(watch.summary());
  }

  private static Set<String> expectedMessages(Collection<String> incidents) throws IOException {
    Set<String> messages = new HashSet<>();
    for (String incident : incidents) {
      JsonNode node = MAPPER.readTree(incident);
      messages.add(node.path("id").asText() + "_" + node.path("revision").asLong());
    }
    return messages;
  }

  private Set<String> told() {
    Set<String> told = new HashSet<>();
    receiver.taken().forEach(attempt -> told.add(attempt.id()));
    return told;
  }

  /** What stands in any of the files: what two of them tell, as after a fault, counts once. */
  private Set<String> written() throws IOException {
    Set<String> lines = new HashSet<>();
    files().forEach(lines::addAll);
    return lines;
  }

  /** The lines of each file: one for each instance, and one on the disk that was full. */
  private List<List<String>> files() throws IOException {
    SmallDisk disk = new SmallDisk(folder.resolve("small-two"));
    return List.of(
        lines(folder.resolve("one").resolve("incidents.jsonl")),
        lines(folder.resolve("two").resolve("incidents.jsonl")),
        lines(disk.seenBy(instances.get("two")).resolve("incidents.jsonl")));
  }

  private static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8).lines().toList();
  }

  private void report() {
    probes.forEach(System.out::println);
    System.out.println(
        receiver.taken().size() + " messages for " + told().size() + " revisions were taken");
  }
}
