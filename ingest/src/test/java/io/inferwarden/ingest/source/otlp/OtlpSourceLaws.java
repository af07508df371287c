package io.inferwarden.ingest.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.RawEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Nothing that anyone sends makes a source throw anything but its one exception. */
class OtlpSourceLaws {
  private static final List<RecordedVariant> VARIANTS = RecordedVariant.all();
  private static final List<String> TYPES =
      List.of("application/x-protobuf", "application/json", "");
  private static final String PUNCTUATION = "{}[]\":,\\ \n0123456789eE+-.truefalsn\u00e9";

  private final EventSource traces = new OtlpTraceSource(OtlpSettings.defaults());
  private final EventSource logs = new OtlpLogSource(OtlpSettings.defaults());

  @Property(tries = 2000, seed = "1")
  void survivesRandomBytes(@ForAll @Size(max = 300) byte[] bytes) {
    TYPES.forEach(type -> survives(bytes, type));
  }

  @Property(tries = 5000, seed = "2")
  void survivesMutatedBodies(@ForAll long seed) {
    Random random = new Random(seed);
    RecordedVariant variant = VARIANTS.get(random.nextInt(VARIANTS.size()));
    byte[] bytes = variant.payload().body().clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      byte value =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length()));
      bytes[random.nextInt(bytes.length)] = value;
    }
    survives(bytes, variant.payload().contentType());
  }

  @Property(tries = 2500, seed = "3")
  void survivesBodiesWithPartsRepeatedOrLeftOut(@ForAll long seed) {
    Random random = new Random(seed);
    RecordedVariant variant = VARIANTS.get(random.nextInt(VARIANTS.size()));
    byte[] body = variant.payload().body();
    int from = random.nextInt(body.length + 1);
    int to = from + random.nextInt(body.length - from + 1);
    byte[] changed = random.nextBoolean() ? without(body, from, to) : repeated(body, from, to);
    survives(changed, variant.payload().contentType());
  }

  @Property(tries = 2000, seed = "4")
  void survivesBodiesThatWereCutOff(@ForAll long seed) {
    Random random = new Random(seed);
    RecordedVariant variant = VARIANTS.get(random.nextInt(VARIANTS.size()));
    byte[] body = variant.payload().body();
    survives(Arrays.copyOf(body, random.nextInt(body.length + 1)), variant.payload().contentType());
  }

  private void survives(byte[] body, String contentType) {
    for (EventSource source : List.of(traces, logs)) {
      Work work = new Work();
      try {
        source.read(RecordedVariant.payload(body, contentType), work);
      } catch (MalformedPayloadException refused) {
        assertThat(work.records).isZero();
      }
      // A record takes at least two bytes; a name of the resource is in each event again.
      assertThat(work.records).isLessThanOrEqualTo(body.length / 2);
      assertThat(work.eventBytes)
          .isLessThanOrEqualTo((work.records + 1) * (6L * body.length + 512));
    }
  }

  private static byte[] without(byte[] body, int from, int to) {
    byte[] changed = Arrays.copyOf(body, body.length - (to - from));
    System.arraycopy(body, to, changed, from, body.length - to);
    return changed;
  }

  private static byte[] repeated(byte[] body, int from, int to) {
    byte[] changed = Arrays.copyOf(body, body.length + (to - from));
    System.arraycopy(body, from, changed, to, body.length - from);
    return changed;
  }

  private static final class Work implements RawEvents {
    int records;
    long eventBytes;

    @Override
    public void event(String place, byte[] json, int offset, int length) {
      records++;
      eventBytes += length;
    }

    @Override
    public void rejected(String place, RejectedEvent why) {
      records++;
    }

    @Override
    public void skipped(String place) {
      records++;
    }

    @Override
    public void held(String place) {
      throw new AssertionError("nothing is ever held");
    }
  }
}
