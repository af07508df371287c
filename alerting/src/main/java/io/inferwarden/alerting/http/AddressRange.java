package io.inferwarden.alerting.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of IPv4 or IPv6 addresses, as CIDR writes it. */
final class AddressRange {
  /** What only an address can be: digits and dots, or anything with a colon. */
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[\\d.]+");

  private final byte[] prefix;
  private final int bits;

  /**
   * @param prefix the first address, 4 or 16 bytes
   * @param bits how many leading bits all of its addresses share
   */
  AddressRange(byte[] prefix, int bits) {
    if (bits < 0 || bits > prefix.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "bits must be in 0.." + prefix.length * Byte.SIZE + ", was " + bits);
    }
    this.prefix = prefix.clone();
    this.bits = bits;
  }

  /** Whether the text can only be an address; such a text is never looked up. */
  static boolean isLiteral(String host) {
    return LITERAL.matcher(host).matches();
  }

  /** The range that the text writes, {@code 10.0.0.0/8} or a single address; empty for a name. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (!isLiteral(address)) {
      if (slash >= 0) {
        throw new IllegalArgumentException("must be a host, an address or a CIDR, was " + text);
      }
      return Optional.empty();
    }
    byte[] prefix = addressOf(address).getAddress();
    int bits = slash < 0 ? prefix.length * Byte.SIZE : bits(text, slash);
    return Optional.of(new AddressRange(prefix, bits));
  }

  /** The range that the text writes. */
  static AddressRange of(String cidr) {
    return parse(cidr)
        .orElseThrow(() -> new IllegalArgumentException("must be a CIDR, was " + cidr));
  }

  boolean isSingleAddress() {
    return bits == prefix.length * Byte.SIZE;
  }

  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }

  private static InetAddress addressOf(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("must be an address, was " + literal, e);
    }
  }

  private static int bits(String text, int slash) {
    try {
      return Integer.parseInt(text.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a CIDR, was " + text, e);
    }
  }
}
