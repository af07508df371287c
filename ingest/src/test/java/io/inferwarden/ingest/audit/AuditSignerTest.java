package io.inferwarden.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSignerTest {
  /** Test 1 of RFC 8032, 7.1. */
  private static final String RFC_8032_SEED_IN_PKCS8 =
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

  private static final String RFC_8032_PUBLIC_IN_X509 =
      "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  Path folder;

  @Test
  void makesAKeyOnceForTheOwnerAlone() throws IOException {
    Path file = folder.resolve("new/audit.pem");

    AuditSigner made = AuditSigner.loadOrCreate(file, new SecureRandom());
    AuditSigner loaded = AuditSigner.loadOrCreate(file, new SecureRandom());

    assertThat(loaded.publicKey().pem()).isEqualTo(made.publicKey().pem());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void findsThePublicKeyOfAPrivateOne() throws IOException {
    Path file = Files.writeString(folder.resolve("bare"), RFC_8032_SEED_IN_PKCS8 + "\n");

    AuditSigner signer = AuditSigner.load(file);

    assertThat(signer.publicKey().pem().replaceAll("-----[A-Z ]*-----|\\n", ""))
        .isEqualTo(RFC_8032_PUBLIC_IN_X509);
    assertThat(signer.publicKey().id())
        .isEqualTo(AuditPublicKey.parse(RFC_8032_PUBLIC_IN_X509).id())
        .hasSize(16);
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong"), "c2VjcmV0");

    assertThatThrownBy(() -> AuditSigner.loadOrCreate(file, new SecureRandom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Ed25519")
        .hasMessageNotContaining("c2Vj");
  }

  @Test
  void readsThePublicKeyThatItPrints() throws IOException {
    AuditPublicKey key = AuditEntries.signer(1).publicKey();
    Path file = Files.writeString(folder.resolve("public.pem"), key.pem());

    assertThat(AuditPublicKey.read(file).id()).isEqualTo(key.id());
    assertThatThrownBy(() -> AuditPublicKey.read(Files.writeString(file, "hello there")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void knowsItsOwnSignaturesOnly() {
    byte[] bytes = "something".getBytes(StandardCharsets.UTF_8);
    byte[] signature = AuditEntries.signer(1).sign(bytes);

    assertThat(AuditEntries.signer(1).publicKey().hasSigned(bytes, 9, signature)).isTrue();
    assertThat(AuditEntries.signer(1).publicKey().hasSigned(bytes, 8, signature)).isFalse();
    assertThat(AuditEntries.signer(2).publicKey().hasSigned(bytes, 9, signature)).isFalse();
    assertThat(AuditEntries.signer(1).publicKey().hasSigned(bytes, 9, new byte[3])).isFalse();
  }
}
