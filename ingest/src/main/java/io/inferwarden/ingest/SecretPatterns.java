package io.inferwarden.ingest;

/**
 * Finds keys and tokens that can be told by how they begin. Every method gives an end, or -1. A
 * token does not begin behind a hyphen or a full stop, so that nothing within it is taken for
 * another.
 */
final class SecretPatterns {
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String PRIVATE_KEY_BLOCK = "PRIVATE KEY BLOCK";
  private static final int LONGEST_PEM_LABEL = 40;
  private static final int LONGEST_JWT_HEADER = 512;

  /** {@code "alg"}, one byte each, as the decoded header of every JSON web token holds it. */
  private static final long ALGORITHM_FIELD = 0x22616c6722L;

  private static final long FIVE_BYTES = 0xffffffffffL;

  private final TextWindow text;

  SecretPatterns(TextWindow text) {
    this.text = text;
  }

  /** The line with which a private key in PEM begins; {@code at} is its first hyphen. */
  int privateKeyEnd(int at) {
    if (text.at(at + 1) != '-' || text.at(at - 1) == '-' || !text.holds(PEM_BEGIN, at)) {
      return -1;
    }
    int begin = at + PEM_BEGIN.length();
    int end = begin;
    while (end - begin < LONGEST_PEM_LABEL && isOfPemLabel(text.at(end))) {
      end++;
    }
    boolean isPrivate =
        endsWith(PRIVATE_KEY, begin, end) || endsWith(PRIVATE_KEY_BLOCK, begin, end);
    return isPrivate && text.holds(PEM_END, end) ? end + PEM_END.length() : -1;
  }

  private boolean endsWith(String wanted, int begin, int end) {
    return end - wanted.length() >= begin && text.holds(wanted, end - wanted.length());
  }

  private static boolean isOfPemLabel(char character) {
    return character == ' ' || TextWindow.isUpper(character) || TextWindow.isDigit(character);
  }

  /** Identifiers of keys of AWS, keys of Google, keys in connection strings of Azure. */
  int cloudKeyEnd(char first, int at) {
    if (!(first == 'A' || first == 'G' || first == 'S') || isContinued(at)) {
      return -1;
    }
    return switch (text.at(at + 1)) {
      case 'K', 'S' -> amazonKeyEnd(at);
      case 'I' -> text.holds("AIza", at) ? tokenEnd(at + 4, 35, 35) : -1;
      case 'O' -> text.holds("GOCSPX-", at) ? tokenEnd(at + 7, 28, 28) : -1;
      case 'c' -> azureKeyEnd("AccountKey=", at);
      case 'h' -> azureKeyEnd("SharedAccessKey=", at);
      default -> -1;
    };
  }

  private int amazonKeyEnd(int at) {
    if (!text.holds("AKIA", at) && !text.holds("ASIA", at)) {
      return -1;
    }
    int end = at + 4;
    while (end < at + 20 && isUpperOrDigit(text.at(end))) {
      end++;
    }
    return end == at + 20 && !text.isWordAt(end) ? end : -1;
  }

  private static boolean isUpperOrDigit(char character) {
    return TextWindow.isUpper(character) || TextWindow.isDigit(character);
  }

  private int azureKeyEnd(String prefix, int at) {
    if (!text.holds(prefix, at)) {
      return -1;
    }
    int begin = at + prefix.length();
    int end = begin;
    while (end - begin < 88 && isBase64(text.at(end))) {
      end++;
    }
    return end - begin >= 40 ? end : -1;
  }

  private static boolean isBase64(char character) {
    return TextWindow.isAlphanumeric(character)
        || character == '+'
        || character == '/'
        || character == '=';
  }

  /** Tokens of APIs by their prefixes, and JSON web tokens. */
  int tokenEnd(char first, int at) {
    return switch (first) {
      case 's', 'r' -> secretKeyEnd(at);
      case 'g' -> gitTokenEnd(at);
      case 'x' -> text.holds("xox", at) ? slackTokenEnd(at) : -1;
      case 'h' -> text.holds("hf_", at) ? prefixed(at, 3, 30, 40) : -1;
      case 'n' -> text.holds("npm_", at) ? prefixed(at, 4, 36, 36) : -1;
      case 'e' -> text.holds("eyJ", at) && !isContinued(at) ? webTokenEnd(at) : -1;
      default -> -1;
    };
  }

  private int secretKeyEnd(int at) {
    if (text.holds("sk-", at)) {
      return hasDigit(at + 3, 20) ? prefixed(at, 3, 20, Integer.MAX_VALUE) : -1;
    }
    boolean isStripe = text.at(at + 1) == 'k' && text.at(at + 2) == '_';
    boolean isOfMode = isStripe && (text.holds("live_", at + 3) || text.holds("test_", at + 3));
    return isOfMode ? prefixed(at, 8, 16, Integer.MAX_VALUE) : -1;
  }

  private int gitTokenEnd(int at) {
    char kind = text.at(at + 2);
    boolean isGitHub = text.at(at + 1) == 'h' && text.at(at + 3) == '_';
    if (isGitHub && (kind == 'p' || kind == 'o' || kind == 'u' || kind == 's' || kind == 'r')) {
      return prefixed(at, 4, 36, 255);
    }
    if (text.holds("github_pat_", at)) {
      return prefixed(at, 11, 22, 255);
    }
    return text.holds("glpat-", at) ? prefixed(at, 6, 20, 255) : -1;
  }

  private int slackTokenEnd(int at) {
    boolean isKnown = "abeoprs".indexOf(text.at(at + 3)) >= 0 && text.at(at + 4) == '-';
    return isKnown ? prefixed(at, 5, 10, 255) : -1;
  }

  private int prefixed(int at, int prefix, int fewest, int most) {
    return isContinued(at) ? -1 : tokenEnd(at + prefix, fewest, most);
  }

  /** The end of letters, digits, hyphens and underscores when there are as many as wanted. */
  private int tokenEnd(int begin, int fewest, int most) {
    int end = begin;
    while (end - begin <= most && isOfToken(text.at(end))) {
      end++;
    }
    return end - begin >= fewest && end - begin <= most ? end : -1;
  }

  private boolean hasDigit(int begin, int characters) {
    for (int i = begin; i < begin + characters; i++) {
      if (text.isDigitAt(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isContinued(int at) {
    char before = text.at(at - 1);
    return before == '-' || before == '.';
  }

  private static boolean isOfToken(char character) {
    return TextWindow.isWord(character) || character == '-';
  }

  /**
   * Header, payload and signature in base64url; the header has to decode to text that holds the
   * field {@code alg}, the signature may be empty.
   */
  private int webTokenEnd(int at) {
    long decoded = 0;
    int bits = 0;
    int bitCount = 0;
    boolean hasAlgorithm = false;
    int end = at;
    while (end - at < LONGEST_JWT_HEADER && isOfToken(text.at(end))) {
      bits = bits << 6 | sextet(text.at(end));
      bitCount += 6;
      if (bitCount >= 8) {
        bitCount -= 8;
        decoded = (decoded << 8 | (bits >>> bitCount & 0xff)) & FIVE_BYTES;
        hasAlgorithm |= decoded == ALGORITHM_FIELD;
      }
      end++;
    }
    if (!hasAlgorithm || text.at(end) != '.') {
      return -1;
    }
    int payload = tokenEnd(end + 1, 2, Integer.MAX_VALUE);
    return payload < 0 || text.at(payload) != '.'
        ? -1
        : tokenEnd(payload + 1, 0, Integer.MAX_VALUE);
  }

  private static int sextet(char character) {
    if (character >= 'A' && character <= 'Z') {
      return character - 'A';
    }
    if (character >= 'a' && character <= 'z') {
      return character - 'a' + 26;
    }
    return switch (character) {
      case '-' -> 62;
      case '_' -> 63;
      default -> character - '0' + 52;
    };
  }
}
