package io.inferwarden.alerting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700:4700::1111",
        "2002:101:101::1",
        "64:ff9b::808:808"
      })
  void letsThroughWhatIsPublic(String address) throws Exception {
    assertThat(guard(address).lookup("example.org")).hasSize(1);
    assertThat(DestinationGuard.publicOnly().lookup(address)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "169.254.1.1",
        "100.100.100.200",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "100::1",
        "2001:db8::1",
        "2001::1",
        "2001:2::1",
        "3fff::1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2002:a9fe:a9fe::1"
      })
  void refusesWhatIsOfTheInside(String address) {
    assertThatThrownBy(() -> guard(address).lookup("example.org"))
        .isInstanceOf(RefusedDestinationException.class)
        .hasMessageContaining("example.org is at ")
        .hasMessageContaining("alerts.allow");
    assertThatThrownBy(() -> DestinationGuard.publicOnly().lookup(address))
        .isInstanceOf(RefusedDestinationException.class);
  }

  @Test
  void refusesAMappedAddress() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    InetAddress address = Inet6Address.getByAddress("example.org", mapped, 0);
    assertThat(address.getAddress()).hasSize(16);

    assertThatThrownBy(() -> guarded(List.of(), address).lookup("example.org"))
        .isInstanceOf(RefusedDestinationException.class);
    assertThat(guarded(List.of("127.0.0.0/8"), address).lookup("example.org")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1", "127.0.1", "2130706433", "0127.0.0.1"})
  void refusesUnusualSpellingsOfLoopback(String host) {
    // What the platform does not take for an address fails as unknown; neither is ever asked.
    assertThatThrownBy(() -> DestinationGuard.publicOnly().lookup(host))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void handsOnOnlyThePublicOnesOfAMixture() throws Exception {
    assertThat(guard("10.0.0.1", "1.1.1.1", "::1").lookup("example.org"))
        .containsExactly(InetAddress.getByName("1.1.1.1"));
  }

  @Test
  void whatWasCheckedIsWhatIsHandedOnThoughTheNameAnswersOtherwiseLater() throws Exception {
    Queue<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
    DestinationGuard guard =
        new DestinationGuard(host -> List.of(InetAddress.getByName(answers.remove())), List.of());

    assertThat(guard.lookup("rebind.example")).containsExactly(InetAddress.getByName("1.1.1.1"));
    assertThatThrownBy(() -> guard.lookup("rebind.example"))
        .isInstanceOf(RefusedDestinationException.class);
  }

  @Test
  void letsThroughWhatTheOperatorNamed() throws Exception {
    InetAddress inside = InetAddress.getByName("10.1.2.3");

    assertThat(guarded(List.of("10.0.0.0/8"), inside).lookup("am")).hasSize(1);
    assertThat(guarded(List.of("10.1.2.3"), inside).lookup("am")).hasSize(1);
    assertThat(guarded(List.of("AM.internal"), inside).lookup("am.Internal")).hasSize(1);
    assertThatThrownBy(() -> guarded(List.of("10.2.0.0/16"), inside).lookup("am"))
        .isInstanceOf(RefusedDestinationException.class);
    assertThatThrownBy(() -> guarded(List.of("other"), inside).lookup("am"))
        .isInstanceOf(RefusedDestinationException.class);
    assertThat(DestinationGuard.allowing(List.of("::1/128")).lookup("::1")).hasSize(1);
  }

  @Test
  void letsThroughLinkLocalAddressesOnlyWhenTheyAreNamedExactly() throws Exception {
    InetAddress metadata = InetAddress.getByName("169.254.169.254");

    assertThat(guarded(List.of("169.254.169.254/32"), metadata).lookup("m")).hasSize(1);
    for (String allowed : List.of("169.254.0.0/16", "0.0.0.0/0", "m")) {
      assertThatThrownBy(() -> guarded(List.of(allowed), metadata).lookup("m"))
          .isInstanceOf(RefusedDestinationException.class);
    }
    InetAddress sixth = InetAddress.getByName("fd00:ec2::254");
    assertThatThrownBy(() -> guarded(List.of("fd00::/8"), sixth).lookup("m"))
        .isInstanceOf(RefusedDestinationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/x", "name/8", "10.0.0.0/-1", "1.2.3.4.5"})
  void refusesToStartWithWhatIsNeitherHostNorRange(String entry) {
    assertThatThrownBy(() -> DestinationGuard.allowing(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DestinationGuard guard(String... addresses) {
    return new DestinationGuard(resolver(addresses), List.of());
  }

  private static DestinationGuard guarded(List<String> allowed, InetAddress address) {
    return new DestinationGuard(host -> List.of(address), allowed);
  }

  private static Dns resolver(String... addresses) {
    return host -> Arrays.stream(addresses).map(DestinationGuardTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
