package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * The network that an address belongs to: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address. What is no address, such as a pseudonym, stands for itself.
 */
public final class NetworkPrefix {
  private static final int IPV4_PARTS = 4;
  private static final int IPV6_GROUPS = 8;
  private static final int KEPT_GROUPS = 3;

  private NetworkPrefix() {}

  /** The network that an event names, or else that of its address; null without either. */
  public static @Nullable String ofEvent(InferenceEvent event) {
    String network = event.network();
    return network == null ? of(event.ip()) : network;
  }

  /**
   * The prefix in words, such as {@code 203.0.113.0/24} or {@code 2001:db8:0::/48}; null without an
   * address.
   */
  public static @Nullable String of(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return null;
    }
    return address.indexOf(':') >= 0 ? ofIpv6(address) : ofIpv4(address);
  }

  private static String ofIpv4(String address) {
    int dots = 0;
    int lastDot = -1;
    for (int i = 0; i < address.length(); i++) {
      char character = address.charAt(i);
      if (character == '.') {
        dots++;
        lastDot = i;
      } else if (character < '0' || character > '9') {
        return address;
      }
    }
    return dots == IPV4_PARTS - 1 ? address.substring(0, lastDot) + ".0/24" : address;
  }

  private static String ofIpv6(String address) {
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    if (plain.startsWith("::ffff:") && plain.indexOf('.') > 0) {
      return ofIpv4(plain.substring("::ffff:".length()));
    }
    int gap = plain.indexOf("::");
    String[] before = groups(gap < 0 ? plain : plain.substring(0, gap));
    String[] after = groups(gap < 0 ? "" : plain.substring(gap + 2));
    if (before.length + after.length > IPV6_GROUPS) {
      return address;
    }
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < KEPT_GROUPS; i++) {
      int fromEnd = i - (IPV6_GROUPS - after.length);
      String group = i < before.length ? before[i] : fromEnd >= 0 ? after[fromEnd] : "0";
      try {
        prefix.append(Integer.toHexString(Integer.parseInt(group, 16))).append(':');
      } catch (NumberFormatException noAddress) {
        return address;
      }
    }
    return prefix.append(":/48").toString();
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }
}
