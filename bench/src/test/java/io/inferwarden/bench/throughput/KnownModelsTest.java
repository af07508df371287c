package io.inferwarden.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.app.baseline.BaselineRecord;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownModelsTest {
  private static final byte[] PART = {1, 2, 3};

  private static BaselineRecord baseline(String model, byte[] principals) {
    return new BaselineRecord(
        "bl_" + model,
        model,
        "v1",
        true,
        0,
        86_400_000,
        2,
        "stream",
        principals,
        null,
        PART,
        null,
        List.of("principals: only 3 of them"));
  }

  @Test
  void refusesAModelWhoseAccountsAreNotWatched() {
    KnownModels known =
        new KnownModels(List.of(baseline("model-0", PART), baseline("model-1", null)));

    assertThatThrownBy(known::requireWhole)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model-1")
        .hasMessageContaining("principals: only 3 of them")
        .hasMessageContaining("--learned-events");
  }

  @Test
  void takesModelsOfWhichAllIsKnown() {
    KnownModels known = new KnownModels(List.of(baseline("model-0", PART)));

    assertThatCode(known::requireWhole).doesNotThrowAnyException();
  }

  @Test
  void knowsAModelByTheOneOfItsKindThatWasLearned() {
    KnownModels known =
        new KnownModels(List.of(baseline("model-0", PART), baseline("model-1", PART)));

    BaselineRecord copy = known.of(1 + 2 * Traffic.KINDS, 1_000);

    assertThat(copy.model()).isEqualTo("model-61");
    assertThat(copy.modelsKnown()).isEqualTo(1_000);
    assertThat(copy.principals()).isEqualTo(PART);
    assertThat(copy.id()).isNotEqualTo("bl_model-1");
  }
}
