package io.inferwarden.ingest.door;

import io.inferwarden.ingest.NetworkPrefix;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each address: IPv4 with four decimal numbers, IPv6 as RFC 5952 has it, IPv4 that
 * is mapped into IPv6 as IPv4, all without zone, brackets and port. What is no address, such as a
 * host's name or a pseudonym, keeps its spelling, without white space around it and, behind a name
 * with a dot, without a port.
 */
final class AddressSpelling {
  private static final int IPV4_PARTS = 4;
  private static final int IPV6_GROUPS = 8;
  private static final int LONGEST_PORT = 5;

  private AddressSpelling() {}

  static String ofAddress(String text) {
    String bare = withoutPort(text.strip());
    String address = address(bare);
    return address == null ? bare : address;
  }

  /**
   * A network of 24 bits of IPv4 or 48 bits of IPv6, also when it is given by an address in it, as
   * {@link NetworkPrefix} spells it.
   */
  static String ofNetwork(String text) {
    String bare = withoutPort(text.strip());
    int slash = bare.indexOf('/');
    String address = address(slash < 0 ? bare : bare.substring(0, slash));
    if (address == null) {
      return bare;
    }
    String bits = address.indexOf(':') < 0 ? "/24" : "/48";
    boolean isOfThatSize = slash < 0 || bare.substring(slash).equals(bits);
    return isOfThatSize ? Objects.requireNonNull(NetworkPrefix.of(address)) : bare;
  }

  /** In its one spelling; null when it is no address. */
  private static @Nullable String address(String bare) {
    if (bare.indexOf(':') < 0) {
      int[] parts = new int[IPV4_PARTS];
      return readIpv4(bare, parts)
          ? ipv4((parts[0] << 8) | parts[1], (parts[2] << 8) | parts[3])
          : null;
    }
    int zone = bare.indexOf('%');
    int[] groups = readIpv6(zone < 0 ? bare : bare.substring(0, zone));
    return groups == null ? null : isMapped(groups) ? ipv4(groups[6], groups[7]) : ipv6(groups);
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      boolean isWhole = end == text.length() - 1 || (end > 0 && isPort(text, end + 1));
      return isWhole ? text.substring(1, end) : text;
    }
    int colon = text.indexOf(':');
    boolean isHostAndPort = colon > 0 && text.lastIndexOf('.', colon) >= 0 && isPort(text, colon);
    return isHostAndPort ? text.substring(0, colon) : text;
  }

  private static boolean isPort(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > LONGEST_PORT) {
      return false;
    }
    for (int i = colon + 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean readIpv4(String text, int[] parts) {
    String[] numbers = text.split("\\.", -1);
    if (numbers.length != IPV4_PARTS) {
      return false;
    }
    for (int i = 0; i < IPV4_PARTS; i++) {
      parts[i] = number(numbers[i], 10, 3);
      if (parts[i] < 0 || parts[i] > 255) {
        return false;
      }
    }
    return true;
  }

  private static int @Nullable [] readIpv6(String text) {
    int gap = text.indexOf("::");
    int[] groups = new int[IPV6_GROUPS];
    if (gap < 0) {
      return readGroups(text, groups, true) == IPV6_GROUPS ? groups : null;
    }
    int[] after = new int[IPV6_GROUPS];
    int countBefore = readGroups(text.substring(0, gap), groups, false);
    int countAfter = readGroups(text.substring(gap + 2), after, true);
    if (countBefore < 0 || countAfter < 0 || countBefore + countAfter >= IPV6_GROUPS) {
      return null;
    }
    System.arraycopy(after, 0, groups, IPV6_GROUPS - countAfter, countAfter);
    return groups;
  }

  /**
   * How many groups there are, -1 when malformed.
   *
   * @param isEnd whether the last two may be written as IPv4
   */
  private static int readGroups(String text, int[] groups, boolean isEnd) {
    if (text.isEmpty()) {
      return 0;
    }
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean isIpv4 = isEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      if (count + (isIpv4 ? 2 : 1) > IPV6_GROUPS) {
        return -1;
      }
      if (isIpv4) {
        int[] numbers = new int[IPV4_PARTS];
        if (!readIpv4(parts[i], numbers)) {
          return -1;
        }
        groups[count++] = (numbers[0] << 8) | numbers[1];
        groups[count++] = (numbers[2] << 8) | numbers[3];
      } else {
        int group = number(parts[i], 16, 4);
        if (group < 0) {
          return -1;
        }
        groups[count++] = group;
      }
    }
    return count;
  }

  /** A number of at most so many digits of ASCII, or -1. */
  private static int number(String text, int radix, int mostDigits) {
    if (text.isEmpty() || text.length() > mostDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static boolean isMapped(int[] groups) {
    return (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0 && groups[5] == 0xffff;
  }

  private static String ipv4(int high, int low) {
    return (high >> 8) + "." + (high & 255) + "." + (low >> 8) + "." + (low & 255);
  }

  /** RFC 5952: lower case, no leading zeros, the first longest run of zero groups left out. */
  private static String ipv6(int[] groups) {
    int longestStart = -1;
    int longest = 1;
    for (int i = 0; i < IPV6_GROUPS; i++) {
      int end = i;
      while (end < IPV6_GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        longestStart = i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < IPV6_GROUPS; i++) {
      if (i == longestStart) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean isFollowing = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(isFollowing ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
