package io.inferwarden.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A name as the command line gives it, or, where that says {@code -}, the first line of the
 * standard input, which no history of a shell keeps.
 */
final class GivenName {
  private static final int LONGEST = 256;

  private GivenName() {}

  /**
   * The name, checked as events are: what no event may carry has no pseudonym.
   *
   * @throws IllegalArgumentException when it is blank or too long
   */
  static String of(String argument, InputStream in) throws IOException {
    String given = argument;
    if (argument.equals("-")) {
      String line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      given = line == null ? "" : line;
    }
    if (given.isBlank() || given.codePointCount(0, given.length()) > LONGEST) {
      throw new IllegalArgumentException(
          "NAME must be 1 to " + LONGEST + " characters, not all blank");
    }
    return given;
  }
}
