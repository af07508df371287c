package io.inferwarden.ingest.door;

import java.util.Set;

/**
 * A name of models in which {@code *} stands for any characters; everything else is itself, and
 * upper and lower case differ. Takes time in proportion to both lengths at most, since names of
 * models are chosen by those who send.
 */
final class ModelPattern {
  private ModelPattern() {}

  static boolean anyMatches(Set<String> patterns, String model) {
    for (String pattern : patterns) {
      if (matches(pattern, model)) {
        return true;
      }
    }
    return false;
  }

  static boolean matches(String pattern, String model) {
    int p = 0;
    int m = 0;
    int star = -1;
    int resumeAt = 0;
    while (m < model.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resumeAt = m;
      } else if (p < pattern.length() && pattern.charAt(p) == model.charAt(m)) {
        p++;
        m++;
      } else if (star >= 0) {
        p = star + 1;
        m = ++resumeAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
