package io.inferwarden.alerting;

/** How a bin reads beside the name of its signal. */
final class BinWords {
  private static final String EQUALS = "= ";

  private BinWords() {}

  /** {@code 44 to 52} for {@code age 44 to 52}, {@code DE} for {@code country = DE}. */
  static String nameWithin(String signal, String name) {
    String rest = withoutSignal(signal, name);
    return isValue(rest) ? rest.substring(EQUALS.length()) : rest;
  }

  /** What is said of the events in the bin: {@code in 44 to 52}, {@code are missing}. */
  static String predicate(String signal, String name) {
    String rest = withoutSignal(signal, name);
    if (isValue(rest)) {
      return "are " + rest.substring(EQUALS.length());
    }
    if (startsWithNumber(rest) && rest.contains(" to ")) {
      return "in " + rest;
    }
    return "are " + rest + (rest.endsWith(" value") ? "s" : "");
  }

  private static String withoutSignal(String signal, String name) {
    String prefix = signal + " ";
    boolean saysMore = name.startsWith(prefix) && !name.substring(prefix.length()).isBlank();
    return saysMore ? name.substring(prefix.length()) : name;
  }

  private static boolean isValue(String rest) {
    return rest.startsWith(EQUALS) && rest.length() > EQUALS.length();
  }

  private static boolean startsWithNumber(String text) {
    char first = text.charAt(0);
    return first == '-' || first == '.' || (first >= '0' && first <= '9');
  }
}
