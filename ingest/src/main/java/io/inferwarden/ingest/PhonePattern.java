package io.inferwarden.ingest;

/**
 * Finds phone numbers in three forms: international ({@code +} and 8 to 15 digits, ITU-T E.164),
 * North American (three, three and four digits, area and exchange from 2 on), and national ones
 * that begin with a single 0 and a group of three to six digits, or with ten digits in pairs. After
 * a group of three the next has three digits or more, unlike in numbers of social security.
 */
final class PhonePattern {
  private static final int FEWEST_INTERNATIONAL = 8;
  private static final int MOST_INTERNATIONAL = 15;
  private static final int FEWEST_NATIONAL = 9;
  private static final int MOST_NATIONAL = 12;

  private final TextWindow text;

  PhonePattern(TextWindow text) {
    this.text = text;
  }

  /** The end of a number that begins with this plus, parenthesis or digit, or -1. */
  int end(int at) {
    return switch (text.at(at)) {
      case '+' -> internationalEnd(at);
      case '0' -> nationalEnd(at);
      case '1' -> isSeparator(text.at(at + 1)) ? northAmericanEnd(at + 2) : -1;
      default -> northAmericanEnd(at);
    };
  }

  /** Up to two marks between digits; ends behind the last group that still fits. */
  private int internationalEnd(int at) {
    char first = text.at(at + 1);
    if (first < '1' || first > '9' || text.isWordAt(at - 1) || text.at(at - 1) == '+') {
      return -1;
    }
    int end = -1;
    int digits = 0;
    int marks = 0;
    for (int i = at + 1; digits <= MOST_INTERNATIONAL; i++) {
      char character = text.at(i);
      if (TextWindow.isDigit(character)) {
        digits++;
        marks = 0;
        continue;
      }
      if (marks == 0 && digits >= FEWEST_INTERNATIONAL && !TextWindow.isWord(character)) {
        end = i;
      }
      boolean isMark =
          isSeparator(character) || character == '(' || character == ')' || character == '/';
      if (!isMark || ++marks > 2) {
        return end;
      }
    }
    return end;
  }

  private int northAmericanEnd(int at) {
    boolean isBracketed = text.at(at) == '(';
    int area = isBracketed ? at + 1 : at;
    int behind = area + 3;
    if (!isFromTwo(area)) {
      return -1;
    }
    if (isBracketed) {
      if (text.at(behind++) != ')') {
        return -1;
      }
      behind += text.at(behind) == ' ' ? 1 : 0;
    } else if (!isSeparator(text.at(behind++))) {
      return -1;
    }
    if (!isFromTwo(behind) || !isSeparator(text.at(behind + 3))) {
      return -1;
    }
    int end = behind + 8;
    boolean isComplete = digitsEnd(behind + 4, 5) == end;
    return isComplete && !goesOn(end) ? end : -1;
  }

  /** Three digits of which the first is at least 2. */
  private boolean isFromTwo(int at) {
    return text.at(at) >= '2' && digitsEnd(at, 3) == at + 3;
  }

  private int nationalEnd(int at) {
    int first = digitsEnd(at, 7) - at;
    if (first == 2) {
      return pairsEnd(at);
    }
    if (first < 3 || first > 6) {
      return -1;
    }
    boolean followsNumber = text.at(at - 1) == ' ' && text.isDigitAt(at - 2);
    if (text.at(at + 1) == '0' || followsNumber) {
      return -1;
    }
    int digits = first;
    int i = at + first;
    for (int groups = 1; groups < 4 && isNationalSeparator(i); groups++) {
      int group = i + 1;
      i = digitsEnd(group, MOST_NATIONAL);
      digits += i - group;
      if (groups == 1 && first == 3 && i - group < 3) {
        return -1;
      }
    }
    boolean isPlausible = i > at + first && digits >= FEWEST_NATIONAL && digits <= MOST_NATIONAL;
    return isPlausible && !goesOn(i) ? i : -1;
  }

  private boolean isNationalSeparator(int at) {
    char character = text.at(at);
    boolean isMark = character == ' ' || character == '-' || character == '/';
    return isMark && text.isDigitAt(at + 1);
  }

  /** Five pairs with the same mark between, such as 01 23 45 67 89. */
  private int pairsEnd(int at) {
    char separator = text.at(at + 2);
    if (!(separator == ' ' || separator == '.') || text.at(at + 1) == '0') {
      return -1;
    }
    int end = at + 14;
    for (int pair = at; pair < end; pair += 3) {
      if (digitsEnd(pair, 3) != pair + 2 || (pair + 2 < end && text.at(pair + 2) != separator)) {
        return -1;
      }
    }
    return goesOn(end) ? -1 : end;
  }

  /** Where digits end, at most so many further on. */
  private int digitsEnd(int at, int most) {
    int i = at;
    while (i - at < most && text.isDigitAt(i)) {
      i++;
    }
    return i;
  }

  private boolean goesOn(int end) {
    return text.isWordAt(end) || (isSeparator(text.at(end)) && text.isDigitAt(end + 1));
  }

  private static boolean isSeparator(char character) {
    return character == ' ' || character == '-' || character == '.';
  }
}
