package io.inferwarden.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.fuzz.FuzzRun;
import io.inferwarden.ingest.fuzz.FuzzShare;
import io.inferwarden.ingest.fuzz.FuzzTarget;
import io.inferwarden.ingest.fuzz.Message;
import io.inferwarden.ingest.source.Payload;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed bodies, deployments and feedback. */
class CollectorFuzzTest {
  private static final int MOST_UNPACKED_BYTES = 2 << 20;
  private static final CollectorSettings.Limits LIMITS =
      new CollectorSettings.Limits(
          1 << 20,
          MOST_UNPACKED_BYTES,
          200,
          8L << 20,
          16 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          1,
          1,
          8);

  private static final List<String> DEPLOYMENTS =
      List.of(
          "{\"model\":\"m\",\"version\":\"7\",\"at\":\"2026-03-01T12:00:00Z\"}",
          "[{\"model\":\"m1\",\"version\":\"8\",\"digest\":\"sha256:ab\",\"environment\":"
              + "\"production\",\"by\":\"alice\",\"at\":1772366400000,\"note\":\"x\"},"
              + "{\"model\":\"other\",\"version\":\"1\",\"at\":1772366400000}]");

  private static final List<String> FEEDBACK =
      List.of(
          "{\"id\":\"e1\",\"verdict\":\"wrong\",\"by\":\"bob\"}",
          "[{\"principal\":\"alice\",\"model\":\"m\",\"time\":1772366400000,\"label\":\"fraud\","
              + "\"at\":\"2026-03-01T12:00:00.5+01:00\"},{\"id\":\"e 2\",\"model\":\"m\","
              + "\"verdict\":\"harmful\"}]");

  static List<FuzzTarget> targets() throws IOException {
    return List.of(
        new FuzzTarget(FuzzShare.DEPLOYMENTS, texts(DEPLOYMENTS), new Companions(0)),
        new FuzzTarget(FuzzShare.FEEDBACK, texts(FEEDBACK), new Companions(1)),
        new FuzzTarget(
            FuzzShare.GZIP, packed(CollectorFuzzTest::gzip), unpacking(ContentCoding.GZIP)),
        new FuzzTarget(FuzzShare.ZSTD, packed(Zstd::compress), unpacking(ContentCoding.ZSTD)));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void failsAtNothingThatIsSent(FuzzTarget target) throws Exception {
    FuzzRun.run(target);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theCorpusComesOutAsItDid(FuzzTarget target) throws Exception {
    FuzzRun.replay(target);
  }

  private static FuzzTarget.Feeder unpacking(ContentCoding coding) {
    MemoryBudget budget = new MemoryBudget(LIMITS.memoryBytes());
    return (input, outcomes) -> {
      MemoryBudget.Share share = budget.share();
      try {
        byte[] body = coding.decode(input, share, LIMITS);
        if (body.length > MOST_UNPACKED_BYTES) {
          throw new AssertionError("must be within the limit, was " + body.length);
        }
        outcomes.accept(body.length == 0 ? "empty" : "unpacked");
      } catch (RefusedBody refused) {
        outcomes.accept(refused.outcome().status() + " " + refused.outcome().problem());
      } finally {
        share.giveBackAll();
      }
      if (budget.usedBytes() != 0) {
        throw new AssertionError(
            "all memory must be given back, " + budget.usedBytes() + " is not");
      }
    };
  }

  /** Sends companions to one of the routes, to a log that forgets them. */
  private static final class Companions implements FuzzTarget.Feeder {
    private final Client client = new Client("gateway", "acme", Set.of("m*"));
    private final PostRoute route;

    Companions(int place) {
      this.route =
          new CompanionIntake(
                  "deployments",
                  "feedback",
                  new Names(),
                  new ForgettingLog(),
                  new CollectorMetrics(new CollectorRegistry()))
              .routes(new Quotas(ClientKeys.none(), () -> 0))
              .get(place);
    }

    @Override
    public void feed(byte[] input, Consumer<String> outcomes) {
      Payload payload =
          new Payload(input, "application/json", Map.of(), Message.RECEIVED_AT_MILLIS);
      Outcome outcome = route.take(client, payload).join();
      outcomes.accept(outcome.status() + " " + outcome.problem());
      for (PlacedRejection error : outcome.errors()) {
        outcomes.accept("rejected " + error.rejection().reason() + " " + error.rejection().field());
      }
    }
  }

  /** Names that are hidden so that nothing is left of them. */
  private static final class Names implements CompanionNames {
    @Override
    public String pseudonym(Client client, String name, long nowMillis) {
      return "p" + name.length();
    }

    @Override
    public String eventId(Client client, String id) {
      return "e" + id.length();
    }
  }

  /** Takes everything and keeps nothing, once it has seen that UTF-8 can say it. */
  private static final class ForgettingLog implements EventLog {
    @Override
    public CompletableFuture<Void> append(List<AdmittedEvent> events) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> append(Companion companion) {
      String key = companion.key();
      if (!new String(key.getBytes(UTF_8), UTF_8).equals(key)) {
        throw new AssertionError("a key must be whole characters, was " + key);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isTaking() {
      return true;
    }

    @Override
    public String describe() {
      return "forgets";
    }

    @Override
    public void close() {}
  }

  /** Packs some bytes. */
  private interface Packing {
    byte[] pack(byte[] bytes) throws IOException;
  }

  private static List<byte[]> packed(Packing packing) throws IOException {
    byte[] noise = new byte[500];
    new Random(3).nextBytes(noise);
    List<byte[]> packed = new ArrayList<>();
    for (byte[] bytes : texts(FEEDBACK)) {
      packed.add(packing.pack(bytes));
    }
    packed.add(packing.pack(new byte[0]));
    packed.add(packing.pack(noise));
    packed.add(packing.pack("0123456789".repeat(300).getBytes(UTF_8)));
    packed.add(packing.pack(new byte[MOST_UNPACKED_BYTES]));
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.writeBytes(packed.get(0));
    twice.writeBytes(packed.get(1));
    packed.add(twice.toByteArray());
    return packed;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static List<byte[]> texts(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
  }
}
