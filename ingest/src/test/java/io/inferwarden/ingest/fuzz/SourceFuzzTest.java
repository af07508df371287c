package io.inferwarden.ingest.fuzz;

import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.envoy.EnvoyFieldMap;
import io.inferwarden.ingest.source.envoy.EnvoySource;
import io.inferwarden.ingest.source.json.RecordedVariant;
import io.inferwarden.ingest.source.kserve.KServeSettings;
import io.inferwarden.ingest.source.kserve.KServeSource;
import io.inferwarden.ingest.source.lines.EventLines;
import io.inferwarden.ingest.source.litellm.LiteLlmSource;
import io.inferwarden.ingest.source.otlp.OtlpLogSource;
import io.inferwarden.ingest.source.otlp.OtlpPayloads;
import io.inferwarden.ingest.source.otlp.OtlpSettings;
import io.inferwarden.ingest.source.otlp.OtlpTraceSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats that events arrive in. */
class SourceFuzzTest {
  private static final int MOST_HELD = 100;
  private static final int MOST_HELD_BYTES = 1 << 20;
  private static final int INPUTS_BETWEEN_RELEASES = 500;

  static List<FuzzTarget> targets() throws IOException {
    return List.of(
        target(FuzzShare.EVENT_LINES, new EventLines(), recorded("lines")),
        target(
            FuzzShare.OTLP_TRACES,
            new OtlpTraceSource(OtlpSettings.defaults()),
            OtlpPayloads.traces()),
        target(
            FuzzShare.OTLP_LOGS, new OtlpLogSource(OtlpSettings.defaults()), OtlpPayloads.logs()),
        new FuzzTarget(FuzzShare.KSERVE, messages(recorded("kserve")), new Joining()),
        target(FuzzShare.LITELLM, new LiteLlmSource(), recorded("litellm")),
        target(FuzzShare.ENVOY, new EnvoySource(EnvoyFieldMap.usual()), recorded("envoy")));
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

  /**
   * Gives each input to a source that holds halves of earlier inputs, within its limits, and to one
   * that gives up on all after each, so that an outcome depends on its input alone.
   */
  private static final class Joining implements FuzzTarget.Feeder {
    private final KServeSource holding = source();
    private final SourceFeeder toHolding = new SourceFeeder(holding);
    private final KServeSource forgetting = source();
    private final SourceFeeder toForgetting = new SourceFeeder(forgetting);
    private int inputs;

    @Override
    public void feed(byte[] input, Consumer<String> outcomes) {
      toForgetting.feed(input, outcomes);
      releaseAll(forgetting, toForgetting, outcomes);
      toHolding.feed(input, outcome -> {});
      if (holding.held() > MOST_HELD) {
        throw new AssertionError("must hold at most " + MOST_HELD + ", held " + holding.held());
      }
      inputs++;
      if (inputs % INPUTS_BETWEEN_RELEASES == 0) {
        releaseAll(holding, toHolding, outcome -> {});
      }
    }

    private static void releaseAll(
        KServeSource source, SourceFeeder feeder, Consumer<String> outcomes) {
      source.release(Long.MAX_VALUE, feeder.judging(outcomes));
      if (source.held() > 0) {
        throw new AssertionError("must have released all, held " + source.held());
      }
    }

    private static KServeSource source() {
      return new KServeSource(
          new KServeSettings(
              Duration.ofSeconds(60),
              MOST_HELD,
              MOST_HELD_BYTES,
              KServeSettings.usual().principalHeaders(),
              KServeSettings.usual().organisationHeaders(),
              true));
    }
  }

  private static FuzzTarget target(FuzzShare share, EventSource source, List<Payload> payloads) {
    return new FuzzTarget(share, messages(payloads), new SourceFeeder(source));
  }

  private static List<byte[]> messages(List<Payload> payloads) {
    return payloads.stream().map(Message::of).toList();
  }

  private static List<Payload> recorded(String format) throws IOException {
    List<Payload> payloads = new ArrayList<>();
    for (RecordedVariant variant : RecordedVariant.of(format)) {
      payloads.addAll(variant.payloads());
    }
    return payloads;
  }
}
