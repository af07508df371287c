package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * Tells a text's template from what fills it, so that prompts made from one template have one
 * fingerprint. Slots are what stands between quotes in a line, and tokens that hold a digit, are an
 * address of mail or of the web, or have at least {@value #LONG_TOKEN} UTF-16 units. A token ends
 * at white space, quotes, {@code ( ) [ ] { } < > = , ; |} (but not at a comma between digits) and
 * at characters of scripts that put no space between words; an address of the web only at white
 * space, quotes and {@code < >}. Marks that close a sentence behind a token are not part of it.
 * Slots with nothing but white space between are one. The template's hash is of all the rest,
 * without regard to case and to how much white space there is. Reused from text to text; not
 * thread-safe.
 */
final class TextTemplate {
  /** UTF-16 units from which on a token is a slot whatever it holds. */
  static final int LONG_TOKEN = 20;

  private static final long START = 0xBB67AE8584CAA73BL;

  /** Stands for a slot in the hash; no character of Unicode. */
  private static final char SLOT = '\uffff';

  private static final char FIRST_UNSPACED = TextScanner.FIRST_UNSPACED;
  private static final String OPENING_QUOTES = "\"`'\u201c\u00ab";
  private static final String CLOSING_QUOTES = "\"`'\u201d\u00bb";
  private static final int APOSTROPHE = 2;
  private static final byte PLAIN = 0;
  private static final byte SPACE = 1;
  private static final byte BREAK = 2;
  private static final byte DIGIT = 3;
  private static final byte QUOTE = 4;
  private static final byte[] KIND_OF_ASCII = kindsOfAscii();

  private final TextWindow window = new TextWindow();
  private final int[] unclosedUntil = new int[OPENING_QUOTES.length()];
  private int[] slots = new int[64];
  private int slotCount;
  private int slotCharacters;
  private long hash;
  private boolean isBlank;
  private boolean endsInSpace;
  private boolean endsInSlot;

  /** Finds the slots of this part of a text. */
  void scan(char[] text, int from, int to) {
    window.over(text, from, to);
    Arrays.fill(unclosedUntil, from);
    slotCount = 0;
    slotCharacters = 0;
    hash = START;
    isBlank = true;
    endsInSpace = false;
    endsInSlot = false;
    int at = from;
    while (at < to) {
      char character = text[at];
      int kind = kind(character);
      if (kind == SPACE) {
        endsInSpace = true;
        at++;
      } else if (kind == QUOTE || (character == '\'' && !isLetterOrDigit(window.at(at - 1)))) {
        at = quoted(character, at, to);
      } else if (kind == BREAK) {
        literal(character);
        at++;
      } else {
        at = token(text, at, to);
      }
    }
    window.close();
  }

  /** A hash of the template that everybody can compute; 0 for a text that is blank. */
  long hash() {
    return isBlank ? 0 : StableHash.mix(hash);
  }

  /** Number of slots that are not empty, in the order of the text. */
  int slotCount() {
    return slotCount;
  }

  int slotBegin(int slot) {
    return slots[2 * slot];
  }

  int slotEnd(int slot) {
    return slots[2 * slot + 1];
  }

  /** UTF-16 units within slots. */
  int slotCharacters() {
    return slotCharacters;
  }

  /** Characters looked at beside the one pass, since this was made. */
  long reads() {
    return window.reads();
  }

  private int quoted(char quote, int at, int to) {
    literal(quote);
    int kind = OPENING_QUOTES.indexOf(quote);
    if (kind < 0 || at < unclosedUntil[kind]) {
      return at + 1;
    }
    char closing = CLOSING_QUOTES.charAt(kind);
    int end = at + 1;
    for (; end < to; end++) {
      char character = window.at(end);
      if (character == '\n') {
        break;
      }
      if (character == closing && (kind != APOSTROPHE || closes(end))) {
        slot(at + 1, end);
        literal(closing);
        return end + 1;
      }
    }
    unclosedUntil[kind] = end;
    return at + 1;
  }

  /** Whether an apostrophe ends a quotation, being within no word and behind no space. */
  private boolean closes(int apostrophe) {
    return !isLetterOrDigit(window.at(apostrophe + 1)) && kind(window.at(apostrophe - 1)) != SPACE;
  }

  private int token(char[] text, int begin, int to) {
    boolean hasDigit = false;
    boolean hasAt = false;
    boolean isAddress = false;
    int end = begin;
    for (; end < to; end++) {
      char character = text[end];
      int kind = kind(character);
      if (kind == DIGIT) {
        hasDigit = true;
      } else if (endsToken(text, begin, end)) {
        break;
      } else if (character == '@') {
        hasAt |= end > begin;
      } else if (character == '/' && isScheme(begin, end)) {
        isAddress = true;
        break;
      }
    }
    isAddress |= window.at(begin) == 'w' && window.holds("www.", begin);
    if (isAddress) {
      while (end < to && isOfAddress(text[end])) {
        end++;
      }
    }
    int trimmed = end;
    while (trimmed > begin && isClosingMark(text[trimmed - 1])) {
      trimmed--;
    }
    if (hasDigit || hasAt || isAddress || trimmed - begin >= LONG_TOKEN) {
      slot(begin, trimmed);
      literals(text, trimmed, end);
    } else {
      literals(text, begin, end);
    }
    return end;
  }

  private boolean endsToken(char[] text, int begin, int at) {
    char character = text[at];
    if (character == '\'') {
      return at > begin && !isLetterOrDigit(text[at - 1]);
    }
    boolean isInNumber = character == ',' && window.isDigitAt(at - 1) && window.isDigitAt(at + 1);
    return kind(character) != PLAIN && !isInNumber;
  }

  private boolean isScheme(int begin, int slash) {
    return window.at(slash + 1) == '/' && window.at(slash - 1) == ':' && slash - 1 > begin;
  }

  private static boolean isOfAddress(char character) {
    int kind = kind(character);
    boolean isBracket = character == '<' || character == '>';
    return kind != SPACE && kind != QUOTE && !isBracket && character < FIRST_UNSPACED;
  }

  private void slot(int begin, int end) {
    if (!endsInSlot) {
      append(SLOT);
    }
    endsInSlot = true;
    endsInSpace = false;
    if (end <= begin) {
      return;
    }
    if (2 * slotCount == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    slots[2 * slotCount] = begin;
    slots[2 * slotCount + 1] = end;
    slotCount++;
    slotCharacters += end - begin;
  }

  private void literals(char[] text, int begin, int end) {
    if (begin == end) {
      return;
    }
    literal(text[begin]);
    long appended = hash;
    for (int i = begin + 1; i < end; i++) {
      appended = StableHash.append(appended, TextScanner.lower(text[i]));
    }
    hash = appended;
  }

  private void literal(char character) {
    append(TextScanner.lower(character));
    endsInSlot = false;
  }

  private void append(char character) {
    if (endsInSpace && !isBlank) {
      hash = StableHash.append(hash, ' ');
    }
    hash = StableHash.append(hash, character);
    isBlank = false;
    endsInSpace = false;
  }

  private static boolean isLetterOrDigit(char character) {
    return character < 128
        ? TextWindow.isAlphanumeric(character)
        : Character.isLetterOrDigit(character);
  }

  private static boolean isClosingMark(char character) {
    return switch (character) {
      case '.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '%' -> true;
      default -> false;
    };
  }

  private static int kind(char character) {
    return character < 128 ? KIND_OF_ASCII[character] : kindOf(character);
  }

  private static int kindOf(char character) {
    if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      return SPACE;
    }
    if (Character.isDigit(character)) {
      return DIGIT;
    }
    if (OPENING_QUOTES.indexOf(character) >= 0 || CLOSING_QUOTES.indexOf(character) >= 0) {
      return QUOTE;
    }
    return character < FIRST_UNSPACED ? PLAIN : BREAK;
  }

  private static byte[] kindsOfAscii() {
    byte[] kinds = new byte[128];
    for (char character = 0; character < kinds.length; character++) {
      boolean isBreak = "()[]{}<>=,;|".indexOf(character) >= 0;
      kinds[character] = isBreak ? BREAK : character == '\'' ? PLAIN : (byte) kindOf(character);
    }
    return kinds;
  }
}
