package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A class of personal data or of secrets whose occurrences in a text are counted. What is an
 * occurrence is told in {@code docs/privacy/measures.md}; {@link PatternScanner} finds them.
 */
public enum TextPattern {
  EMAIL("email", 0),
  PHONE("phone", 1),
  /** A card's number with a known beginning, a length that goes with it and a valid check digit. */
  PAYMENT_CARD("paymentCard", 2),
  /** An account's number of the country's length and with a valid checksum. */
  IBAN("iban", 3),
  IP_ADDRESS("ipAddress", 4),
  /** A number of the United States' social security in groups, with plausible parts. */
  US_SSN("usSsn", 5),
  /** The first line of a private key in PEM. */
  PRIVATE_KEY("privateKey", 6),
  /** A key of a cloud: Amazon's, Google's or Azure's. */
  CLOUD_KEY("cloudKey", 7),
  /** A token of an API by its prefix, or a JSON web token with a header that can be decoded. */
  API_TOKEN("apiToken", 8),
  /** A value assigned to a name such as password or secret. */
  PASSWORD("password", 9);

  private static final TextPattern[] ALL = values();

  private final String code;
  private final int index;

  TextPattern(String code, int index) {
    this.code = code;
    this.index = index;
  }

  /** The name of the JSON contract. */
  public String code() {
    return code;
  }

  /** Place in arrays that hold something for each, from 0. */
  int index() {
    return index;
  }

  /** All patterns; not to be changed. */
  static TextPattern[] all() {
    return ALL;
  }

  /** The pattern of this name, or null when the contract has no such name. */
  static @Nullable TextPattern ofCode(String code) {
    for (TextPattern pattern : ALL) {
      if (pattern.code.equals(code)) {
        return pattern;
      }
    }
    return null;
  }
}
