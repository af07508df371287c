package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
  private static final byte[] BYTES =
      HexFormat.of().parseHex("fbfffe0102030405060708090a0b0c0d0e0f101112131415");

  @Test
  void readsHexadecimalAndBothAlphabetsOfBase64() {
    Secret expected = Secret.of(BYTES);

    assertThat(Secret.parse(HexFormat.of().formatHex(BYTES)).isSameAs(expected)).isTrue();
    assertThat(Secret.parse(HexFormat.of().withUpperCase().formatHex(BYTES)).isSameAs(expected))
        .isTrue();
    assertThat(Secret.parse(Base64.getEncoder().encodeToString(BYTES)).isSameAs(expected)).isTrue();
    assertThat(Secret.parse(Base64.getUrlEncoder().encodeToString(BYTES)).isSameAs(expected))
        .isTrue();
    assertThat(Secret.parse(" " + HexFormat.of().formatHex(BYTES) + "\n").isSameAs(expected))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"correct horse battery staple", "abcdefghijklmnop", "Grüße an die Schlüssel!"})
  void takesAnythingElseAsItIs(String text) {
    assertThat(Secret.parse(text).isSameAs(Secret.of(text.getBytes(StandardCharsets.UTF_8))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "short words, 'secret must hold at least 16 bytes, held 11'",
    "00112233445566778899aabbccdd, 'secret must hold at least 16 bytes, held 14'",
    "AAECAwQFBgcICQoLDA0=, 'secret must hold at least 16 bytes, held 14'",
    "0123456789abcdef0123456789abcdef0, 'secret must hold an even number of hexadecimal digits, held 33'",
    "'', 'secret must hold at least 16 bytes, held 0'",
    "abababababababababab!ababab, 'secret must hold at least 8 different bytes: make one with openssl rand -hex 32'",
    "11111111111111111111111111111111, 'secret must hold at least 8 different bytes: make one with openssl rand -hex 32'"
  })
  void refusesWhatCanBeGuessedWithoutSayingIt(String text, String message) {
    assertThatThrownBy(() -> Secret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void neverShowsItself() {
    Secret secret = Secret.parse("correct horse battery staple");

    assertThat(secret).hasToString("***");
    assertThat(new KeyEpoch("a", TestKeys.CHANGE, TestKeys.OVERLAP, secret).toString())
        .isEqualTo("KeyEpoch[id=a, from=2026-03-02T00:00:00Z, overlap=PT168H, secret=***]");
  }

  @Test
  void anotherPurposeIsAnotherSecret() {
    Secret secret = TestKeys.secret(0);

    assertThat(secret.derive("a").isSameAs(secret.derive("a"))).isTrue();
    assertThat(secret.derive("a").isSameAs(secret.derive("b"))).isFalse();
    assertThat(secret.derive("a").isSameAs(secret)).isFalse();
  }

  @Test
  void doesNotChangeWithTheBytesItWasMadeOf() {
    byte[] bytes = BYTES.clone();
    Secret secret = Secret.of(bytes);
    bytes[0] = 0;

    assertThat(secret.isSameAs(Secret.of(BYTES))).isTrue();
  }
}
