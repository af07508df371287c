package io.inferwarden.ingest;

/** Finds addresses of mail and of the Internet Protocol. Every method gives an end, or -1. */
final class AddressPatterns {
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_LABEL = 63;

  private final TextWindow text;

  AddressPatterns(TextWindow text) {
    this.text = text;
  }

  /** Around an at sign: a local part, and a domain of two labels or more that ends in letters. */
  int emailEnd(int at) {
    int begin = at;
    while (at - begin <= LONGEST_LOCAL_PART && isOfLocalPart(text.at(begin - 1))) {
      begin--;
    }
    boolean hasLocalPart = begin < at && text.at(at - 1) != '.';
    if (!hasLocalPart || at - begin > LONGEST_LOCAL_PART) {
      return -1;
    }
    int end = -1;
    int label = at + 1;
    for (int i = label; i - at <= LONGEST_DOMAIN; i++) {
      char character = text.at(i);
      if (TextWindow.isAlphanumeric(character) || character == '-') {
        continue;
      }
      if (i == label || i - label > LONGEST_LABEL || text.at(label) == '-') {
        return end;
      }
      if (label > at + 1 && isTopLevel(label, i)) {
        end = i;
      }
      if (character != '.') {
        return character == '_' || character == '@' ? -1 : end;
      }
      label = i + 1;
    }
    return end;
  }

  private boolean isTopLevel(int label, int end) {
    for (int i = label; i < end; i++) {
      if (!TextWindow.isAlphanumeric(text.at(i)) || text.isDigitAt(i)) {
        return false;
      }
    }
    return end - label >= 2;
  }

  private static boolean isOfLocalPart(char character) {
    return TextWindow.isWord(character)
        || character == '.'
        || character == '-'
        || character == '+'
        || character == '%';
  }

  /** Four decimal numbers from 0 to 255 without leading zeros. */
  int version4End(int at) {
    int i = at;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0 && text.at(i++) != '.') {
        return -1;
      }
      int begin = i;
      int value = 0;
      while (i - begin < 4 && text.isDigitAt(i)) {
        value = 10 * value + (text.at(i) - '0');
        i++;
      }
      boolean hasLeadingZero = i - begin > 1 && text.at(begin) == '0';
      if (i == begin || value > 255 || hasLeadingZero) {
        return -1;
      }
    }
    boolean goesOn = text.isWordAt(i) || (text.at(i) == '.' && text.isDigitAt(i + 1));
    return goesOn ? -1 : i;
  }

  /**
   * Around the first colon: eight groups of one to four hexadecimal digits, or two to seven of them
   * with one {@code ::}, a decimal digit among them.
   */
  int version6End(int colon) {
    int begin = colon;
    while (colon - begin < 5 && isHexadecimal(text.at(begin - 1))) {
      begin--;
    }
    char before = text.at(begin - 1);
    if (colon - begin > 4 || TextWindow.isWord(before) || before == ':' || before == '.') {
      return -1;
    }
    boolean isShortened = begin == colon;
    if (isShortened && text.at(colon + 1) != ':') {
      return -1;
    }
    return groupsEnd(isShortened ? colon + 2 : begin, isShortened);
  }

  private int groupsEnd(int begin, boolean beginsShortened) {
    boolean isShortened = beginsShortened;
    boolean hasDigit = false;
    int groups = 0;
    int i = begin;
    while (groups < 8) {
      int group = i;
      while (i - group < 5 && isHexadecimal(text.at(i))) {
        hasDigit |= text.isDigitAt(i);
        i++;
      }
      if (i - group > 4) {
        return -1;
      }
      if (i == group) {
        break;
      }
      groups++;
      if (text.at(i) != ':') {
        break;
      }
      if (text.at(i + 1) == ':') {
        if (isShortened) {
          return -1;
        }
        isShortened = true;
        i += 2;
      } else if (isHexadecimal(text.at(i + 1))) {
        i++;
      } else {
        break;
      }
    }
    boolean goesOn = text.isWordAt(i) || (text.at(i) == ':' && isHexadecimal(text.at(i + 1)));
    boolean isComplete = isShortened ? groups >= 2 && groups < 8 && hasDigit : groups == 8;
    return isComplete && !goesOn ? i : -1;
  }

  private static boolean isHexadecimal(char character) {
    return TextWindow.isDigit(character)
        || (character >= 'a' && character <= 'f')
        || (character >= 'A' && character <= 'F');
  }
}
