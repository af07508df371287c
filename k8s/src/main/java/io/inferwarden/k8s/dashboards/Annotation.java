package io.inferwarden.k8s.dashboards;

/**
 * Marks on the axis of time.
 *
 * @param valueIsTime whether the value says when, in epoch milliseconds; otherwise it is where the
 *     expression has a value
 */
record Annotation(
    String name, String expression, Colour colour, String title, String text, boolean valueIsTime) {
  Annotation {
    if (name.isBlank() || expression.isBlank() || title.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("an annotation must have all its texts: " + name);
    }
  }
}
