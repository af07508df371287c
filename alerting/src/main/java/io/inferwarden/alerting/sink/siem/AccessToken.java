package io.inferwarden.alerting.sink.siem;

/**
 * What a receiver knows a sink by: a bearer token, an API key or a token of an event collector.
 * Never shows itself: neither in {@link #toString} nor in an exception.
 */
public final class AccessToken {
  private static final int MOST_CHARACTERS = 4_096;

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /**
   * Takes a token as it stands in a file or a variable, without the white space around it; an
   * {@link IllegalArgumentException} when it could not stand in a header.
   */
  public static AccessToken parse(String text) {
    String token = text.strip();
    if (token.isEmpty() || token.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "token must have 1 to " + MOST_CHARACTERS + " characters, had " + token.length());
    }
    if (!token.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
      throw new IllegalArgumentException("token must be visible ASCII without spaces");
    }
    return new AccessToken(token);
  }

  /** The value of the header {@code authorization}: the scheme and the token. */
  String authorization(String scheme) {
    return scheme + " " + text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
