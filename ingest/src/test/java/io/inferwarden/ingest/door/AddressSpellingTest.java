package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.NetworkPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSpellingTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "' 203.0.113.7 ', 203.0.113.7",
    "203.0.113.7:8080, 203.0.113.7",
    "203.000.113.007, 203.0.113.7",
    "[203.0.113.7]:443, 203.0.113.7",
    "::ffff:203.0.113.7, 203.0.113.7",
    "::FFFF:cb00:7107, 203.0.113.7",
    "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.7",
    "[::ffff:203.0.113.7]:443, 203.0.113.7",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:0db8::0001, 2001:db8::1",
    "[2001:db8::1]:443, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "2001:db8::1:443, 2001:db8::1:443",
    "fe80::1%eth0, fe80::1",
    "[fe80::1%25eth0]:80, fe80::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "64:ff9b::203.0.113.7, 64:ff9b::cb00:7107",
    "2001:db8::203.0.113.7, 2001:db8::cb00:7107"
  })
  void anAddressHasOneSpelling(String text, String spelling) {
    assertThat(AddressSpelling.ofAddress(text)).isEqualTo(spelling);
    assertThat(AddressSpelling.ofAddress(spelling)).isEqualTo(spelling);
    assertThat(AddressSpelling.ofNetwork(text)).isEqualTo(NetworkPrefix.of(spelling));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_7wsgmf64czvmtmhk",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4.5",
        "1.2.3.-4",
        "1.2.3.0004",
        "1..2.3",
        "١.2.3.4",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1::2::3",
        ":::",
        "12345::",
        "g::1",
        "::1.2.3",
        "1.2.3.4::",
        "user:1",
        "[",
        "[]x",
        "[::1",
        "[::1]443",
        "[::1]:123456",
        "1.2.3.4:",
        "1.2.3.4:http",
        "unix:/run/s.sock"
      })
  void whatIsNoAddressKeepsItsSpelling(String text) {
    assertThat(AddressSpelling.ofAddress(text)).isEqualTo(text);
    assertThat(AddressSpelling.ofNetwork(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "client.example.com:8080, client.example.com",
    "Client.example.com, Client.example.com",
    "client:8080, client:8080"
  })
  void aPortBehindANameWithADotIsNoPartOfIt(String text, String spelling) {
    assertThat(AddressSpelling.ofAddress(text)).isEqualTo(spelling);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.0/24",
    "203.0.113.7/24, 203.0.113.0/24",
    "2001:DB8::/48, 2001:db8:0::/48",
    "2001:db8:0::/48, 2001:db8:0::/48",
    "2001:db8:0:7::1, 2001:db8:0::/48",
    "203.0.0.0/16, 203.0.0.0/16",
    "2001:db8::/32, 2001:db8::/32",
    "office, office"
  })
  void aNetworkIsSpelledLikeThatOfAnAddressInIt(String text, String spelling) {
    assertThat(AddressSpelling.ofNetwork(text)).isEqualTo(spelling);
  }
}
