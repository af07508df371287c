package io.inferwarden.alerting.http;

import io.inferwarden.alerting.outbox.DeliveryException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Dns;

/**
 * Keeps alerts, and the secrets they are sent with, from being posted to the inside of the network.
 * It resolves a name itself and hands on only addresses that may be asked, so what was checked is
 * what is connected to; a name that answers otherwise the second time gains nothing.
 *
 * <p>Refused, unless the operator allowed it: private, shared and loopback addresses, and those
 * that are reserved for documentation, benchmarks and other special uses. Refused, unless exactly
 * this address was allowed: link-local ones (among them the metadata services of clouds),
 * multicast, broadcast and unspecified ones. An IPv4 address within an IPv6 one (mapped,
 * compatible, 6to4, NAT64) counts as that IPv4 address; Teredo is refused.
 */
public final class DestinationGuard {
  /** Addresses from which nothing good is ever expected; allowed one by one only. */
  private static final List<AddressRange> EXACT_ONLY =
      ranges(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "255.255.255.255/32",
          "::/128",
          "fe80::/10",
          "ff00::/8",
          "fd00:ec2::254/128",
          "fd20:ce::254/128",
          "100.100.100.200/32",
          "168.63.129.16/32");

  /** Further addresses that are not of the public Internet. */
  private static final List<AddressRange> INSIDE =
      ranges(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "3fff::/20");

  /** All unicast IPv6 addresses of the public Internet lie in here. */
  private static final AddressRange GLOBAL_UNICAST = AddressRange.of("2000::/3");

  private static final AddressRange COMPATIBLE = AddressRange.of("::/96");
  private static final AddressRange MAPPED = new AddressRange(mappedPrefix(), 96);
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");

  private final Dns resolver;
  private final List<AddressRange> allowedRanges = new ArrayList<>();
  private final Set<String> allowedHosts = new HashSet<>();

  DestinationGuard(Dns resolver, List<String> hostsOrCidrs) {
    this.resolver = resolver;
    for (String entry : hostsOrCidrs) {
      if (entry.isBlank()) {
        throw new IllegalArgumentException("allowed destination must not be blank");
      }
      AddressRange.parse(entry)
          .ifPresentOrElse(
              allowedRanges::add, () -> allowedHosts.add(entry.toLowerCase(Locale.ROOT)));
    }
  }

  /** Lets through what is on the public Internet. */
  public static DestinationGuard publicOnly() {
    return allowing(List.of());
  }

  /**
   * Lets through what is on the public Internet, and what the operator named.
   *
   * @param hostsOrCidrs host names, which are then allowed wherever they point to, addresses, and
   *     ranges such as {@code 10.0.0.0/8}
   */
  public static DestinationGuard allowing(List<String> hostsOrCidrs) {
    return new DestinationGuard(Dns.SYSTEM, hostsOrCidrs);
  }

  /**
   * The addresses of a host that may be connected to, at least one, for a sink that does not speak
   * HTTP. A name without an address is a retryable failure, a destination that is refused a
   * permanent one.
   */
  public List<InetAddress> permitted(String host) throws DeliveryException {
    try {
      return lookup(host);
    } catch (RefusedDestinationException e) {
      throw DeliveryException.permanent("destination refused: " + e.getMessage());
    } catch (UnknownHostException e) {
      throw DeliveryException.retryable("the receiver's host has no address", e);
    }
  }

  /** What the host's name resolves to, without what must not be asked. */
  List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> resolved =
        AddressRange.isLiteral(host) ? List.of(InetAddress.getByName(host)) : resolver.lookup(host);
    List<InetAddress> permitted =
        resolved.stream().filter(address -> permits(host, address)).toList();
    if (permitted.isEmpty() && !resolved.isEmpty()) {
      throw new RefusedDestinationException(host, resolved.get(0));
    }
    return permitted;
  }

  private boolean permits(String host, InetAddress address) {
    byte[] outer = address.getAddress();
    byte[] inner = embedded(outer);
    if (isIn(EXACT_ONLY, outer) || isIn(EXACT_ONLY, inner)) {
      return allowedRanges.stream()
          .filter(AddressRange::isSingleAddress)
          .anyMatch(range -> range.contains(outer) || range.contains(inner));
    }
    return isPublic(inner)
        || allowedHosts.contains(host.toLowerCase(Locale.ROOT))
        || isIn(allowedRanges, outer)
        || isIn(allowedRanges, inner);
  }

  private static boolean isPublic(byte[] address) {
    boolean mayBePublic = address.length == 4 || GLOBAL_UNICAST.contains(address);
    return mayBePublic && !isIn(INSIDE, address);
  }

  private static boolean isIn(List<AddressRange> ranges, byte[] address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** The IPv4 address that an IPv6 address leads to; the same address where there is none. */
  private static byte[] embedded(byte[] address) {
    if (SIX_TO_FOUR.contains(address)) {
      return Arrays.copyOfRange(address, 2, 6);
    }
    boolean isV4AtTheEnd =
        NAT64.contains(address) || MAPPED.contains(address) || isCompatible(address);
    return isV4AtTheEnd ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** {@code ::} and {@code ::1} look compatible but are addresses of their own. */
  private static boolean isCompatible(byte[] address) {
    return COMPATIBLE.contains(address) && (address[12] | address[13] | address[14]) != 0;
  }

  private static byte[] mappedPrefix() {
    byte[] prefix = new byte[16];
    prefix[10] = (byte) 0xff;
    prefix[11] = (byte) 0xff;
    return prefix;
  }

  private static List<AddressRange> ranges(String... cidrs) {
    return Arrays.stream(cidrs).map(AddressRange::of).toList();
  }
}
