package io.inferwarden.app.policy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** "Did you mean": the known setting nearest to a mistyped one. */
final class Suggestion {
  private Suggestion() {}

  /**
   * The end of a message about an unknown key: a sibling that is spelled nearly so, else a setting
   * of the same name elsewhere in the file, outside of lists, else the siblings there are.
   */
  static String of(
      String key, String path, Collection<String> siblings, List<String> allKnownPaths) {
    int tolerated = Math.max(2, key.length() / 3);
    String nearest = "";
    int nearestDistance = tolerated + 1;
    for (String sibling : siblings) {
      int distance = distance(key.toLowerCase(Locale.ROOT), sibling.toLowerCase(Locale.ROOT));
      if (distance < nearestDistance && distance < Math.max(2, sibling.length())) {
        nearest = sibling;
        nearestDistance = distance;
      }
    }
    if (!nearest.isEmpty()) {
      return ", did you mean " + nearest + "?";
    }
    for (String known : allKnownPaths) {
      String name = known.substring(known.lastIndexOf('.') + 1);
      if (name.equalsIgnoreCase(key) && !known.contains("[")) {
        return ", did you mean " + known + "?";
      }
    }
    return (path.isEmpty() ? "; there are " : "; " + path + " has ") + String.join(", ", siblings);
  }

  /** Levenshtein distance: the fewest letters to insert, drop or replace. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      int[] current = new int[other.length() + 1];
      current[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int replaced =
            previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
