package io.inferwarden.ingest;

/**
 * Finds numbers of cards, accounts, persons and phones. Every method gives an end, or -1. What is
 * found does not go on in a letter, digit or underscore.
 */
final class NumberPatterns {
  private static final int FEWEST_OF_CARD = 13;
  private static final int MOST_OF_CARD = 19;
  private static final int SHORTEST_IBAN = 15;

  /** Countries and the lengths of their accounts' numbers, as in SWIFT's registry of IBANs. */
  private static final String IBAN_LENGTHS =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24"
          + "FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32"
          + "LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29"
          + "RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

  private static final byte[] LENGTH_OF_COUNTRY = lengthsOfCountries();

  private final TextWindow text;
  private final PhonePattern phones;

  NumberPatterns(TextWindow text) {
    this.text = text;
    this.phones = new PhonePattern(text);
  }

  int phoneEnd(int at) {
    return phones.end(at);
  }

  /**
   * 13 to 19 digits, together or in groups (the first of four, the others of three to six digits)
   * with a space or a hyphen between.
   */
  int cardEnd(int at) {
    int digits = 0;
    int prefix = 0;
    int evenDoubled = 0;
    int oddDoubled = 0;
    int group = 0;
    char separator = 0;
    for (int i = at; ; i++) {
      char character = text.at(i);
      if (TextWindow.isDigit(character)) {
        if (digits == MOST_OF_CARD) {
          return -1;
        }
        int digit = character - '0';
        prefix = digits < 4 ? 10 * prefix + digit : prefix;
        int doubled = digit < 5 ? 2 * digit : 2 * digit - 9;
        evenDoubled += (digits & 1) == 0 ? doubled : digit;
        oddDoubled += (digits & 1) == 0 ? digit : doubled;
        digits++;
        group++;
        continue;
      }
      if (separator != 0 && (group < 3 || group > 6)) {
        return -1;
      }
      int sum = (digits & 1) == 0 ? evenDoubled : oddDoubled;
      if (sum % 10 == 0 && !TextWindow.isWord(character) && isIssued(prefix, digits)) {
        return i;
      }
      boolean isFirst = separator == 0;
      boolean separates = isFirst ? character == ' ' || character == '-' : character == separator;
      if (!separates || (isFirst && digits != 4)) {
        return -1;
      }
      separator = character;
      group = 0;
    }
  }

  /** Whether cards with these first four digits have so many. */
  private static boolean isIssued(int prefix, int digits) {
    if (digits < FEWEST_OF_CARD) {
      return false;
    }
    int two = prefix / 100;
    if (prefix >= 4000 && prefix < 5000) {
      return digits == 13 || digits == 16 || digits == 19;
    }
    if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) {
      return digits == 16;
    }
    if (two == 34 || two == 37) {
      return digits == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (prefix >= 3000 && prefix < 3060)) {
      return digits >= 14;
    }
    boolean isDiscover = prefix == 6011 || two == 65 || (prefix >= 6440 && prefix < 6500);
    boolean isUnionPay = two == 62;
    return digits >= 16 && (isDiscover || isUnionPay || (prefix >= 3528 && prefix <= 3589));
  }

  /**
   * Three, two and four digits between equal hyphens or spaces. Never given are areas 000, 666 and
   * 900 to 999, group 00 and serial 0000.
   */
  int socialSecurityEnd(int at) {
    char separator = text.at(at + 3);
    boolean isGrouped = (separator == '-' || separator == ' ') && text.at(at + 6) == separator;
    int end = at + 11;
    if (!isGrouped || text.isWordAt(end)) {
      return -1;
    }
    int area = number(at, 3);
    int group = number(at + 4, 2);
    int serial = number(at + 7, 4);
    boolean isPlausible = area > 0 && area < 900 && area != 666 && group > 0 && serial > 0;
    boolean goesOn = text.at(end) == separator && text.isDigitAt(end + 1);
    return isPlausible && !goesOn ? end : -1;
  }

  /** The value of so many digits, or -1. */
  private int number(int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      if (!text.isDigitAt(i)) {
        return -1;
      }
      value = 10 * value + (text.at(i) - '0');
    }
    return value;
  }

  /**
   * Country, two digits and the account, as long as the country's are, with single spaces anywhere
   * behind the digits; remainder 1 modulo 97 (ISO 13616, ISO 7064).
   */
  int ibanEnd(int at) {
    char first = upper(text.at(at));
    char second = upper(text.at(at + 1));
    if (!TextWindow.isUpper(first) || !TextWindow.isUpper(second)) {
      return -1;
    }
    int length = LENGTH_OF_COUNTRY[26 * (first - 'A') + (second - 'A')];
    if (length < SHORTEST_IBAN || !text.isDigitAt(at + 2) || !text.isDigitAt(at + 3)) {
      return -1;
    }
    int remainder = 0;
    int read = 4;
    int i = at + 4;
    while (read < length) {
      char character = upper(text.at(i++));
      if (character == ' ' && text.at(i - 2) != ' ') {
        continue;
      }
      if (!TextWindow.isAlphanumeric(character)) {
        return -1;
      }
      remainder = append(remainder, character);
      read++;
    }
    for (int head = at; head < at + 4; head++) {
      remainder = append(remainder, upper(text.at(head)));
    }
    return remainder == 1 && !text.isWordAt(i) ? i : -1;
  }

  /** Letters stand for 10 to 35. */
  private static int append(int remainder, char character) {
    return TextWindow.isDigit(character)
        ? (10 * remainder + (character - '0')) % 97
        : (100 * remainder + (character - 'A' + 10)) % 97;
  }

  private static char upper(char character) {
    return character >= 'a' && character <= 'z' ? (char) (character - 32) : character;
  }

  private static byte[] lengthsOfCountries() {
    byte[] lengths = new byte[26 * 26];
    for (int i = 0; i < IBAN_LENGTHS.length(); i += 4) {
      int country = 26 * (IBAN_LENGTHS.charAt(i) - 'A') + (IBAN_LENGTHS.charAt(i + 1) - 'A');
      lengths[country] = Byte.parseByte(IBAN_LENGTHS.substring(i + 2, i + 4));
    }
    return lengths;
  }
}
