package io.inferwarden.app.policy;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param file the file's name as the operator gave it
 * @param line counted from 1
 * @param path the setting, such as {@code budget.falseIncidentsPerWeek}; empty for the whole file
 * @param message what would be right and what was found
 */
public record ConfigProblem(String file, int line, String path, String message) {
  /** The problem as one line, {@code policy.yaml:4: budget.shares: must ...}. */
  @Override
  public String toString() {
    String place = file + ":" + line + ": ";
    return path.isEmpty() ? place + message : place + path + ": " + message;
  }
}
