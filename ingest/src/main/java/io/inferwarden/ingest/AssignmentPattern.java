package io.inferwarden.ingest;

/**
 * Finds values given to a name that ends in a word for a password or a key: {@code password =
 * hunter2}, {@code "api_key": "…"}. The value has at least four characters and a letter or digit.
 * In quotes or behind an equals sign eight letters are enough; otherwise one character must be no
 * letter. Nothing is found where code or a template stands for the value, or where values are
 * compared.
 */
final class AssignmentPattern {
  private static final String[] NAMES = {
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "apikey",
    "api_key",
    "api-key",
    "secretkey",
    "secret_key",
    "secret-key",
    "accesskey",
    "access_key",
    "access-key",
    "access_token",
    "auth_token",
    "api_token"
  };

  /** Quotes, brackets and blanks between a name and its mark, or a mark and its value. */
  private static final int MOST_BETWEEN = 4;

  private static final int SHORTEST_VALUE = 4;
  private static final int SHORTEST_WORD = 8;
  private static final int MEASURED_VALUE = 64;

  private final TextWindow text;

  AssignmentPattern(TextWindow text) {
    this.text = text;
  }

  /** The end of the value behind this colon or equals sign, or -1. */
  int valueEnd(int mark) {
    int nameEnd = mark;
    while (mark - nameEnd < MOST_BETWEEN && isBetween(text.at(nameEnd - 1))) {
      nameEnd--;
    }
    if (!isSecretName(nameEnd) || (text.at(mark) == '=' && text.at(mark + 1) == '=')) {
      return -1;
    }
    int begin = mark + 1;
    begin += text.at(begin) == '=' ? 1 : 0;
    int latest = begin + MOST_BETWEEN;
    while (begin < latest && isBlank(text.at(begin))) {
      begin++;
    }
    boolean isQuoted = isQuote(text.at(begin));
    return valueEnd(isQuoted ? begin + 1 : begin, isQuoted, isQuoted || text.at(mark) == '=');
  }

  private int valueEnd(int begin, boolean isQuoted, boolean takesWords) {
    if (isPlaceholder(text.at(begin), text.at(begin + 1))) {
      return -1;
    }
    int letters = 0;
    int digits = 0;
    int others = 0;
    int end = begin;
    for (; end - begin < MEASURED_VALUE; end++) {
      char character = text.at(end);
      if (character <= ' ' || isQuote(character)) {
        break;
      }
      if (!isQuoted && (character == '(' || character == '[')) {
        return -1;
      }
      if (TextWindow.isDigit(character)) {
        digits++;
      } else if (TextWindow.isAlphanumeric(character) || character >= 128) {
        letters++;
      } else {
        others += isClosing(character) && isLast(end) ? 0 : 1;
      }
    }
    int characters = letters + digits + others;
    boolean isLong = characters >= SHORTEST_VALUE && letters + digits > 0;
    boolean isWord = digits + others == 0;
    return isLong && (!isWord || (takesWords && letters >= SHORTEST_WORD)) ? end : -1;
  }

  private boolean isLast(int at) {
    char next = text.at(at + 1);
    return next <= ' ' || isQuote(next);
  }

  private boolean isSecretName(int end) {
    char last = lower(text.at(end - 1));
    for (String name : NAMES) {
      if (name.charAt(name.length() - 1) == last && endsWith(name, end)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsWith(String name, int end) {
    for (int i = name.length() - 1, at = end - 1; i >= 0; i--, at--) {
      if (lower(text.at(at)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlaceholder(char first, char second) {
    return first == '<'
        || first == '{'
        || first == '['
        || (first == '$' && (second == '{' || second == '('));
  }

  private static boolean isBetween(char character) {
    return isBlank(character) || isQuote(character) || character == ']';
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isQuote(char character) {
    return character == '"' || character == '\'' || character == '`';
  }

  private static boolean isClosing(char character) {
    return ".,;:!?)]}".indexOf(character) >= 0;
  }

  private static char lower(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
  }
}
