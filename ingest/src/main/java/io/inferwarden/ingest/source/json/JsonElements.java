package io.inferwarden.ingest.source.json;

import io.inferwarden.ingest.source.MalformedPayloadException;

/**
 * Cuts a body into its elements without parsing them: one JSON object (on one line or many), the
 * elements of a JSON array, or JSON lines with blank lines and either line break. An element is
 * where JSON would have one; whether it is JSON is for its reader. A byte order mark is passed
 * over.
 */
public final class JsonElements {
  private static final int PLACES = 1024;
  private static final String[] LINES = places("line ");
  private static final String[] ITEMS = places("item ");
  private static final int NONE = -1;

  private final byte[] body;
  private final Visitor visitor;
  private int position;

  /** Takes the elements in their order. */
  public interface Visitor {
    /**
     * One element, without white space around it; empty where an array has none between commas.
     *
     * @param place {@code line N} or {@code item N}, from 1
     */
    void element(String place, byte[] json, int offset, int length);
  }

  private JsonElements(byte[] body, Visitor visitor) {
    this.body = body;
    this.visitor = visitor;
  }

  /**
   * Hands out the elements of a body.
   *
   * @throws MalformedPayloadException when the body is blank, or an array that does not end where
   *     the body does
   */
  public static void read(byte[] body, Visitor visitor) throws MalformedPayloadException {
    new JsonElements(body, visitor).read();
  }

  private void read() throws MalformedPayloadException {
    position = startsWithByteOrderMark() ? 3 : 0;
    int line = 1;
    for (; position < body.length && isSpace(body[position]); position++) {
      if (body[position] == '\n') {
        line++;
      }
    }
    if (position == body.length) {
      throw new MalformedPayloadException("expected JSON, found nothing");
    }
    if (body[position] == '[') {
      readArray();
    } else if (body[position] == '{' && isOneObjectOnManyLines()) {
      int end = trimmedEnd(position, body.length);
      visitor.element(ITEMS[0], body, position, end - position);
    } else {
      readLines(line);
    }
  }

  private void readLines(int firstLine) {
    int line = firstLine;
    int from = position;
    while (from < body.length) {
      int newline = newlineFrom(from);
      int start = from;
      while (start < newline && isSpace(body[start])) {
        start++;
      }
      int end = trimmedEnd(start, newline);
      if (end > start) {
        visitor.element(place(LINES, "line ", line), body, start, end - start);
      }
      line++;
      from = newline + 1;
    }
  }

  private void readArray() throws MalformedPayloadException {
    position++;
    skipSpace();
    if (position < body.length && body[position] == ']') {
      position++;
    } else {
      readItems();
    }
    skipSpace();
    if (position < body.length) {
      throw new MalformedPayloadException(
          "expected the end after an array, found more at byte " + position);
    }
  }

  private void readItems() throws MalformedPayloadException {
    for (int item = 1; ; item++) {
      skipSpace();
      int start = position;
      int end = endOfItem(start);
      if (end == NONE) {
        throw new MalformedPayloadException(
            "expected the array to be closed, found its end within item " + item);
      }
      visitor.element(place(ITEMS, "item ", item), body, start, trimmedEnd(start, end) - start);
      position = end + 1;
      if (body[end] == ']') {
        return;
      }
    }
  }

  /** Where the comma or bracket is that ends an item, or none. */
  private int endOfItem(int from) {
    byte[] bytes = body;
    int depth = 0;
    for (int i = from; i < bytes.length; i++) {
      switch (bytes[i]) {
        case '"' -> {
          i = endOfString(i, bytes.length);
          if (i == NONE) {
            return NONE;
          }
        }
        case '{', '[' -> depth++;
        case '}' -> depth = Math.max(0, depth - 1);
        case ']' -> {
          if (depth == 0) {
            return i;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return NONE;
  }

  /** Whether the object that begins here goes on beyond its line, and nothing comes after it. */
  private boolean isOneObjectOnManyLines() {
    int newline = newlineFrom(position);
    if (newline == body.length || endOfObject(position, newline) != NONE) {
      return false;
    }
    int end = endOfObject(position, body.length);
    return end != NONE && trimmedEnd(end, body.length) == end;
  }

  /** One behind the brace that closes the object at {@code from}, or none before {@code limit}. */
  private int endOfObject(int from, int limit) {
    byte[] bytes = body;
    int depth = 0;
    for (int i = from; i < limit; i++) {
      switch (bytes[i]) {
        case '"' -> {
          i = endOfString(i, limit);
          if (i == NONE) {
            return NONE;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return NONE;
  }

  /** Where the quote is that closes the string at {@code from}; JSON strings hold no newline. */
  private int endOfString(int from, int limit) {
    byte[] bytes = body;
    for (int i = from + 1; i < limit; i++) {
      byte b = bytes[i];
      if (b == '"') {
        return i;
      }
      if (b == '\\') {
        i++;
      } else if (b == '\n') {
        return NONE;
      }
    }
    return NONE;
  }

  private int newlineFrom(int from) {
    byte[] bytes = body;
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return bytes.length;
  }

  private int trimmedEnd(int from, int to) {
    int end = to;
    while (end > from && isSpace(body[end - 1])) {
      end--;
    }
    return end;
  }

  private void skipSpace() {
    while (position < body.length && isSpace(body[position])) {
      position++;
    }
  }

  private boolean startsWithByteOrderMark() {
    return body.length >= 3
        && body[0] == (byte) 0xef
        && body[1] == (byte) 0xbb
        && body[2] == (byte) 0xbf;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static String place(String[] known, String prefix, int number) {
    return number <= known.length ? known[number - 1] : prefix + number;
  }

  private static String[] places(String prefix) {
    String[] places = new String[PLACES];
    for (int i = 0; i < PLACES; i++) {
      places[i] = prefix + (i + 1);
    }
    return places;
  }
}
