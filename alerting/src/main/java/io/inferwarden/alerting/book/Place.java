package io.inferwarden.alerting.book;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a record stands among the others, the newest first. It follows from what never changes in a
 * record, so paging by it neither skips nor repeats what stays, whatever else comes and goes.
 *
 * @param atMillis when it came to be, milliseconds since the epoch
 * @param key of the record; decides between records of the same time
 */
public record Place(long atMillis, String key) implements Comparable<Place> {
  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparingLong(Place::atMillis).reversed().thenComparing(Place::key);

  private static final char SEPARATOR = ' ';
  private static final int MOST_CHARACTERS = 1000;

  @Override
  public int compareTo(Place other) {
    return NEWEST_FIRST.compare(this, other);
  }

  /** The place as an opaque word of letters, digits, {@code -} and {@code _}. */
  public String cursor() {
    byte[] bytes = (atMillis + "" + SEPARATOR + key).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The place that such a word stands for; any other is an {@link IllegalArgumentException}. */
  public static Place ofCursor(String cursor) {
    if (cursor.length() > MOST_CHARACTERS) {
      throw noCursor();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int end = text.indexOf(SEPARATOR);
      if (end < 0) {
        throw noCursor();
      }
      return new Place(Long.parseLong(text, 0, end, 10), text.substring(end + 1));
    } catch (IllegalArgumentException e) { // also what is no number
      throw noCursor();
    }
  }

  private static IllegalArgumentException noCursor() {
    return new IllegalArgumentException("cursor must be the next of an earlier answer");
  }
}
