package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.0/24",
    "::ffff:203.0.113.7, 203.0.113.0/24",
    "2001:db8:12:34::1, 2001:db8:12::/48",
    "2001:0DB8:0012:3::, 2001:db8:12::/48",
    "fe80::1%eth0, fe80:0:0::/48",
    "::1, 0:0:0::/48"
  })
  void anAddressBelongsToItsNetwork(String address, String prefix) {
    assertThat(NetworkPrefix.of(address)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource({"n_5f0c", "1.2.3", "zz:1::", "1:2:3:4:5:6:7:8:9"})
  void whatIsNoAddressStandsForItself(String pseudonym) {
    assertThat(NetworkPrefix.of(pseudonym)).isEqualTo(pseudonym);
  }

  @Test
  void withoutAnAddressThereIsNoNetwork() {
    assertThat(NetworkPrefix.of(null)).isNull();
    assertThat(NetworkPrefix.of(" ")).isNull();
  }

  @Test
  void theNetworkThatAnEventNamesStandsBeforeThatOfItsAddress() {
    InferenceEvent event = new InferenceEvent().ip("203.0.113.7");

    assertThat(NetworkPrefix.ofEvent(event)).isEqualTo("203.0.113.0/24");
    assertThat(NetworkPrefix.ofEvent(event.network("n_1"))).isEqualTo("n_1");
    assertThat(NetworkPrefix.ofEvent(event.ip(null))).isEqualTo("n_1");
    assertThat(NetworkPrefix.ofEvent(event.network(null))).isNull();
  }
}
