package io.inferwarden.ingest.door;

import org.jspecify.annotations.Nullable;

/**
 * What a name names. The same name has a pseudonym of its own in each domain, and shows by its
 * first letter which one it is of.
 */
public enum PseudonymDomain {
  PRINCIPAL("principal", "p_"),
  ORGANISATION("org", "o_"),
  ADDRESS("address", "a_"),
  NETWORK("network", "n_");

  private final String code;
  private final String prefix;

  PseudonymDomain(String code, String prefix) {
    this.code = code;
    this.prefix = prefix;
  }

  /** The word that is hashed with the name. */
  public String code() {
    return code;
  }

  /** What its pseudonyms begin with. */
  public String prefix() {
    return prefix;
  }

  /** The domain with this word, or null. */
  public static @Nullable PseudonymDomain ofCode(String code) {
    return switch (code) {
      case "principal" -> PRINCIPAL;
      case "org" -> ORGANISATION;
      case "address" -> ADDRESS;
      case "network" -> NETWORK;
      default -> null;
    };
  }

  /** The one spelling of what is hashed: names as they are, addresses and networks normalised. */
  String spelled(String name) {
    return switch (this) {
      case PRINCIPAL, ORGANISATION -> name;
      case ADDRESS -> AddressSpelling.ofAddress(name);
      case NETWORK -> AddressSpelling.ofNetwork(name);
    };
  }
}
