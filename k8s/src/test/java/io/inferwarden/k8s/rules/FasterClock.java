package io.inferwarden.k8s.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shipped rules for a test that cannot wait: every duration (windows, offsets, {@code for}) and
 * every threshold that is a time becomes a sixtieth, so that minutes are seconds; and no {@code
 * for} is longer than {@value #LONGEST_FOR_SECONDS} seconds, so that a day is not 24 minutes.
 * Nothing else is changed: the expressions, labels and texts are those that are shipped.
 */
final class FasterClock {
  private static final int LONGEST_FOR_SECONDS = 20;
  private static final String FOR = "for: ";

  private static final Pattern WINDOW = Pattern.compile("(\\[|offset |" + FOR + ")(\\d+)([mhd])");
  private static final Pattern SECONDS =
      Pattern.compile(
          "(?<metric>progress_age_seconds|oldest_pending_seconds|oldest_unsent_seconds)"
              + "(?<between>[^>]*)> (?<limit>\\d+)");
  private static final Pattern AGE = Pattern.compile("(time\\(\\) - [\\s\\S]*?> )(\\d+)");

  private FasterClock() {}

  /** Writes the shipped rules into a folder, for the Prometheus that begins there. */
  static void writeRulesInto(Path folder) throws IOException {
    for (Path file : List.of(RuleFiles.alertsFile(), RuleFiles.recordingFile())) {
      Files.writeString(folder.resolve(file.getFileName()), sixtyTimes(Files.readString(file)));
    }
  }

  private static String sixtyTimes(String rules) {
    String windows =
        WINDOW
            .matcher(rules)
            .replaceAll(
                found -> {
                  int seconds = seconds(found.group(2), found.group(3));
                  boolean waits = found.group(1).equals(FOR);
                  return Matcher.quoteReplacement(
                      found.group(1)
                          + (waits ? Math.min(seconds, LONGEST_FOR_SECONDS) : seconds)
                          + "s");
                });
    String limits =
        SECONDS
            .matcher(windows)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1)
                            + found.group(2)
                            + "> "
                            + Integer.parseInt(found.group(3)) / 60));
    return AGE.matcher(limits)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) + Integer.parseInt(found.group(2)) / 60));
  }

  private static int seconds(String count, String unit) {
    int minutes =
        switch (unit) {
          case "m" -> 1;
          case "h" -> 60;
          case "d" -> 24 * 60;
          default -> throw new IllegalArgumentException("unit must be m, h or d, was " + unit);
        };
    return Integer.parseInt(count) * minutes;
  }
}
