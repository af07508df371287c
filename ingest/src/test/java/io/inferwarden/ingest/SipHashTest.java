package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reference: {@code vectors_sip64} of github.com/veorq/SipHash, entry of eight bytes. */
class SipHashTest {
  private static final long K0 = 0x0706050403020100L;
  private static final long K1 = 0x0f0e0d0c0b0a0908L;

  @Test
  void hashesEightBytesAsTheReferenceDoes() {
    long message = 0x0706050403020100L;

    // 62 24 93 9a 79 f5 f5 93, least significant byte first.
    assertThat(SipHash.of(K0, K1, message)).isEqualTo(0x93f5f5799a932462L);
  }

  @Test
  void dependsOnBothHalvesOfTheKeyAndOnTheMessage() {
    long hash = SipHash.of(K0, K1, 1);

    assertThat(SipHash.of(K0 + 1, K1, 1)).isNotEqualTo(hash);
    assertThat(SipHash.of(K0, K1 + 1, 1)).isNotEqualTo(hash);
    assertThat(SipHash.of(K0, K1, 2)).isNotEqualTo(hash);
  }
}
