package io.inferwarden.app.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeclaredReleasesTest {
  private final DeclaredReleases releases = new DeclaredReleases("declared-releases");

  private void declare(String key, String json) {
    releases.accept(key, json.getBytes(UTF_8));
  }

  @Test
  void aDeclarationWithADigestStandsForThatOne() {
    declare(
        "a", "{\"model\":\"m\",\"version\":\"7\",\"digest\":\"d1\",\"by\":\"p_1\",\"at\":1000}");

    assertThat(releases.of("m", "7", "d1"))
        .contains(new DeclaredRelease("m", "7", "d1", "p_1", 1000));
    assertThat(releases.of("m", "7", "")).isPresent();
    assertThat(releases.of("m", "7", "d2")).isEmpty();
    assertThat(releases.of("m", "8", "d1")).isEmpty();
    assertThat(releases.of("n", "7", "d1")).isEmpty();
  }

  @Test
  void aDeclarationWithoutADigestStandsForAllOfItsVersion() {
    declare("a", "{\"model\":\"m\",\"version\":\"7\",\"at\":\"2026-11-20T10:00:00Z\"}");

    assertThat(releases.of("m", "7", "any").map(DeclaredRelease::atMillis))
        .contains(1_795_168_800_000L);
  }

  @Test
  void theLatestDeclarationOfAReleaseHolds() {
    declare("a", "{\"model\":\"m\",\"version\":\"7\",\"by\":\"late\",\"at\":2}");
    declare("b", "{\"model\":\"m\",\"version\":\"7\",\"by\":\"early\",\"at\":1}");

    assertThat(releases.of("m", "7", "").map(DeclaredRelease::by)).contains("late");
  }

  @Test
  void aTombstoneTakesADeclarationBack() {
    declare("a", "{\"model\":\"m\",\"version\":\"7\",\"at\":1}");
    assertThat(releases.knows("m")).isTrue();

    releases.accept("a", null);

    assertThat(releases.knows("m")).isFalse();
    assertThat(releases.of("m", "7", "")).isEmpty();
  }

  @Test
  void aRecordThatIsNoneChangesNothing() {
    declare("a", "{\"model\":\"m\",\"version\":\"7\",\"at\":1}");

    declare("a", "{\"model\":\"m\"}");
    declare("b", "nonsense");

    assertThat(releases.of("m", "7", "")).isPresent();
    assertThatThrownBy(() -> DeclaredRelease.fromJson("{}".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
