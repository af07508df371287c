package io.inferwarden.ingest.source.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.source.json.RecordedVariant;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvoySourceTest {
  static List<RecordedVariant> variants() throws IOException {
    return RecordedVariant.of("envoy");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void readsWhatWasRecordedAsItShould(RecordedVariant variant) throws IOException {
    EnvoySource source = new EnvoySource(EnvoyFieldMap.usual());
    if (Boolean.getBoolean("inferwarden.record")) {
      variant.record(source);
      return;
    }

    assertThat(variant.outcomes(source).toPrettyString())
        .isEqualTo(variant.expected().toPrettyString());
  }

  @Test
  void knowsAtLeastTwentyTwoVariants() throws IOException {
    assertThat(variants()).hasSizeGreaterThanOrEqualTo(22);
  }
}
