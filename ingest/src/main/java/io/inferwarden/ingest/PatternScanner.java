package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * Counts the {@link TextPattern}s of a text in one pass that stops only where one can begin or has
 * its mark ({@code @}, {@code :}, {@code =}), and looks a bounded way ahead and back from there. No
 * regular expressions, so no text can make it backtrack. Reused from text to text; not thread-safe.
 */
final class PatternScanner {
  private static final byte NONE = 0;
  private static final byte WORD = 1;
  private static final byte AT = 2;
  private static final byte PHONE_START = 3;
  private static final byte HYPHEN = 4;
  private static final byte ASSIGNMENT = 5;
  private static final byte[] ANCHORS = anchors();

  private final TextWindow window = new TextWindow();
  private final NumberPatterns numbers = new NumberPatterns(window);
  private final AddressPatterns addresses = new AddressPatterns(window);
  private final SecretPatterns secrets = new SecretPatterns(window);
  private final AssignmentPattern assignments = new AssignmentPattern(window);
  private final int[] counts = new int[TextPattern.all().length];

  /** Adds to the measures how often each pattern is in this part of the text. */
  void scan(char[] text, int from, int to, TextMeasures into) {
    Arrays.fill(counts, 0);
    window.over(text, from, to);
    boolean inWord = false;
    int at = from;
    while (at < to) {
      char character = text[at];
      byte anchor = character < 128 ? ANCHORS[character] : NONE;
      if (anchor == NONE || (anchor == WORD && inWord)) {
        inWord = anchor == WORD;
        at++;
        continue;
      }
      int end = look(anchor, character, at);
      at = Math.max(at + 1, end);
      inWord = TextWindow.isWord(text[at - 1]);
    }
    window.close();
    for (TextPattern pattern : TextPattern.all()) {
      into.patterns(pattern, counts[pattern.index()]);
    }
  }

  /** Characters looked at beside the one pass, since this scanner was made. */
  long reads() {
    return window.reads();
  }

  /** The end of what begins or is marked there, or a negative number. */
  private int look(byte anchor, char character, int at) {
    return switch (anchor) {
      case AT -> count(TextPattern.EMAIL, addresses.emailEnd(at));
      case PHONE_START -> count(TextPattern.PHONE, numbers.phoneEnd(at));
      case HYPHEN -> count(TextPattern.PRIVATE_KEY, secrets.privateKeyEnd(at));
      case ASSIGNMENT -> lookAtAssignment(character, at);
      default -> TextWindow.isDigit(character) ? lookAtNumber(at) : lookAtWord(character, at);
    };
  }

  private int lookAtNumber(int at) {
    if (isContinued(at)) {
      return -1;
    }
    int end = count(TextPattern.IP_ADDRESS, addresses.version4End(at));
    if (end < 0) {
      end = count(TextPattern.PAYMENT_CARD, numbers.cardEnd(at));
    }
    if (end < 0) {
      end = count(TextPattern.US_SSN, numbers.socialSecurityEnd(at));
    }
    return end < 0 ? count(TextPattern.PHONE, numbers.phoneEnd(at)) : end;
  }

  /** Whether digits go on behind a mark within a number, as in 3.14 or 2026-03-02. */
  private boolean isContinued(int at) {
    char before = window.at(at - 1);
    boolean isMark = before == '.' || before == ',' || before == '-' || before == '/';
    return isMark && window.isDigitAt(at - 2);
  }

  private int lookAtWord(char character, int at) {
    int end = count(TextPattern.CLOUD_KEY, secrets.cloudKeyEnd(character, at));
    if (end < 0) {
      end = count(TextPattern.API_TOKEN, secrets.tokenEnd(character, at));
    }
    return end < 0 ? count(TextPattern.IBAN, numbers.ibanEnd(at)) : end;
  }

  private int lookAtAssignment(char character, int at) {
    count(TextPattern.PASSWORD, assignments.valueEnd(at));
    // What is assigned is looked at for other patterns, too.
    return character == ':' ? count(TextPattern.IP_ADDRESS, addresses.version6End(at)) : -1;
  }

  private int count(TextPattern pattern, int end) {
    counts[pattern.index()] += end < 0 ? 0 : 1;
    return end;
  }

  private static byte[] anchors() {
    byte[] anchors = new byte[128];
    for (char character = 0; character < anchors.length; character++) {
      anchors[character] = TextWindow.isWord(character) ? WORD : NONE;
    }
    anchors['@'] = AT;
    anchors['+'] = PHONE_START;
    anchors['('] = PHONE_START;
    anchors['-'] = HYPHEN;
    anchors[':'] = ASSIGNMENT;
    anchors['='] = ASSIGNMENT;
    return anchors;
  }
}
