package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncidentIdTest {
  @Test
  void isTheSameForTheSameOpeningOnEveryMachine() {
    String id = IncidentId.of("principal:k9", "fraud-scorer", IncidentKind.EXTRACTION, 1);

    // Python: base64.b32encode(hashlib.sha256(
    //   b"12:principal:k912:fraud-scorer10:extraction1:1").digest()).lower()[:26]
    assertThat(id).isEqualTo("inc_4qwsjttgmyeoyiqwgai3m7uzbl");
  }

  @Test
  void holdsNoDotAndIsShort() {
    assertThat(IncidentId.of("a.b", "c.d", IncidentKind.SILENCE, 0)).matches("inc_[a-z2-7]{26}");
  }

  @Test
  void differsWhereverTheOpeningDiffers() {
    String id = IncidentId.of("ab", "c", IncidentKind.SILENCE, 5);

    assertThat(id)
        .isNotEqualTo(IncidentId.of("a", "bc", IncidentKind.SILENCE, 5))
        .isNotEqualTo(IncidentId.of("ab", "c", IncidentKind.INPUT_DRIFT, 5))
        .isNotEqualTo(IncidentId.of("ab", "c", IncidentKind.SILENCE, 6));
  }
}
