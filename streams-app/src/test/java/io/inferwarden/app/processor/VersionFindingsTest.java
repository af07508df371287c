package io.inferwarden.app.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.release.DeclaredReleases;
import org.junit.jupiter.api.Test;

class VersionFindingsTest {
  private final DeclaredReleases declared = new DeclaredReleases("declared-releases");

  private Finding firstSeen(String version, String digest) {
    return new VersionFindings("m", declared)
        .firstSeen(
            new Release(version, digest),
            new Release("6", ""),
            new WatchedRelease(0, null),
            3_600_000,
            10,
            100);
  }

  private void declare(String json) {
    declared.accept(json, json.getBytes(UTF_8));
  }

  @Test
  void whereNothingIsDeclaredANewVersionInforms() {
    Finding finding = firstSeen("7", "");

    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.evidence()).extracting(Evidence::signal).containsExactly("version");
  }

  @Test
  void aDeclaredVersionSaysWhoDidItAndWhen() {
    declare("{\"model\":\"m\",\"version\":\"7\",\"by\":\"p_2k\",\"at\":\"2026-11-20T10:00:00Z\"}");

    Finding finding = firstSeen("7", "sha256:1");

    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.evidence().get(1).sentence())
        .isEqualTo("deployment: declared by p_2k for 2026-11-20T10:00:00Z");
  }

  @Test
  void anUndeclaredReleaseOfAModelWhoseReleasesAreDeclaredIsGrave() {
    declare("{\"model\":\"m\",\"version\":\"7\",\"digest\":\"sha256:1\",\"at\":1}");

    Finding replaced = firstSeen("7", "sha256:2");

    assertThat(replaced.severity()).isEqualTo(Severity.HIGH);
    assertThat(replaced.evidence().get(1).sentence())
        .isEqualTo("deployment: not declared, while other releases of this model are");
  }
}
