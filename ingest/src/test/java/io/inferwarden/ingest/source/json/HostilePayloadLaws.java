package io.inferwarden.ingest.source.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.envoy.EnvoyFieldMap;
import io.inferwarden.ingest.source.envoy.EnvoySource;
import io.inferwarden.ingest.source.kserve.KServeSettings;
import io.inferwarden.ingest.source.kserve.KServeSource;
import io.inferwarden.ingest.source.lines.EventLines;
import io.inferwarden.ingest.source.litellm.LiteLlmSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Nothing that anyone sends makes a source throw anything but that the payload is malformed. */
class HostilePayloadLaws {
  private static final String ALPHABET = "{}[]\":,\\ \n0123456789eE+-.truefalsnNIity\u00e9";
  private static final Map<String, String> KSERVE_HEADERS =
      Map.of(
          "ce-specversion", "1.0",
          "ce-id", "a",
          "ce-type", "org.kubeflow.serving.inference.request",
          "ce-time", "2026-03-02T00:00:46Z",
          "ce-inferenceservicename", "iris");
  private static final int LARGEST_BODY = 20_000;
  private static final EventParser PARSER = new EventParser();
  private static final InferenceEvent EVENT = new InferenceEvent();
  private static final List<Payload> RECORDED = recorded();

  private final List<EventSource> sources =
      List.of(
          new EventLines(),
          new LiteLlmSource(),
          new EnvoySource(EnvoyFieldMap.usual()),
          new KServeSource(KServeSettings.usual()));

  @Property(tries = 1000, seed = "1")
  void survivesRandomBytes(@ForAll @Size(max = 300) byte[] bytes) {
    survivesEverywhere(bytes);
  }

  @Property(tries = 1000, seed = "2")
  void survivesRandomPunctuation(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "[{");
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    survivesEverywhere(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 3000, seed = "3")
  void survivesMutatedPayloads(@ForAll long seed) {
    Random random = new Random(seed);
    Payload payload = RECORDED.get(random.nextInt(RECORDED.size()));
    byte[] bytes = payload.body().clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    survives(payload, bytes);
  }

  @Property(tries = 3000, seed = "4")
  void survivesPayloadsWithValuesOfAnotherKind(@ForAll long seed) {
    Random random = new Random(seed);
    Payload payload = RECORDED.get(random.nextInt(RECORDED.size()));
    String text = new String(payload.body(), StandardCharsets.UTF_8);
    List<Integer> colons = new ArrayList<>();
    for (int at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
      colons.add(at);
    }
    if (!colons.isEmpty()) {
      String[] values = {"null,\"x\":", "[],\"x\":", "{},\"x\":", "\"\",\"x\":", "1e99,\"x\":"};
      int at = colons.get(random.nextInt(colons.size())) + 1;
      String value = values[random.nextInt(values.length)];
      survives(
          payload,
          (text.substring(0, at) + value + text.substring(at)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 2000, seed = "5")
  void survivesPayloadsWithPartsRepeatedOrLeftOut(@ForAll long seed) {
    Random random = new Random(seed);
    Payload payload = RECORDED.get(random.nextInt(RECORDED.size()));
    byte[] bytes = payload.body();
    int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    int to = from + random.nextInt(bytes.length - from + 1);
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    byte[] changed =
        random.nextBoolean()
            ? joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length))
            : joined(Arrays.copyOf(bytes, to), part);
    survives(payload, changed);
  }

  private void survivesEverywhere(byte[] bytes) {
    survives(
        new Payload(bytes, "application/json", KSERVE_HEADERS, RecordedVariant.RECEIVED_AT_MILLIS),
        bytes);
    survives(
        new Payload(
            bytes, "application/cloudevents+json", Map.of(), RecordedVariant.RECEIVED_AT_MILLIS),
        bytes);
  }

  private void survives(Payload like, byte[] bytes) {
    Payload payload =
        new Payload(bytes, like.contentType(), like.headers(), like.receivedAtMillis());
    for (EventSource source : sources) {
      try {
        source.read(payload, new Judged());
      } catch (MalformedPayloadException malformed) {
        assertThat(malformed).hasMessageMatching("(?s)(expected|not JSON).*");
      }
    }
  }

  /** Lets the parser behind the door judge what is found. */
  private static final class Judged implements RawEvents {
    @Override
    public void event(String place, byte[] json, int offset, int length) {
      RejectedEvent rejected =
          PARSER.parse(json, offset, length, RecordedVariant.RECEIVED_AT_MILLIS, EVENT);
      if (rejected != null) {
        assertThat(rejected.message()).doesNotContain("the parser failed");
      }
    }

    @Override
    public void rejected(String place, RejectedEvent why) {
      assertThat(why.message()).isNotEmpty();
    }

    @Override
    public void skipped(String place) {
      assertThat(place).isNotEmpty();
    }

    @Override
    public void held(String place) {
      assertThat(place).isNotEmpty();
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static List<Payload> recorded() {
    List<Payload> payloads = new ArrayList<>();
    try {
      for (String format : List.of("lines", "litellm", "envoy", "kserve")) {
        for (RecordedVariant variant : RecordedVariant.of(format)) {
          for (Payload payload : variant.payloads()) {
            if (payload.body().length <= LARGEST_BODY) {
              payloads.add(payload);
            }
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return payloads;
  }
}
