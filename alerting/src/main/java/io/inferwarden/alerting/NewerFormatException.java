package io.inferwarden.alerting;

import org.jspecify.annotations.Nullable;

/**
 * What was read was written by a newer release in a form that this one does not know. Nobody may
 * leave it out and go on: it has to be read by that release, or a later one.
 */
public final class NewerFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** No release will ever have as many versions: from here on a first byte is that of a text. */
  private static final int FIRST_PRINTABLE = 0x20;

  /**
   * @param what what was read, as it should stand at the beginning of a sentence
   * @param found the version that it says it has
   * @param known the latest version that this release reads
   */
  public NewerFormatException(String what, long found, long known) {
    super(
        what
            + " has format version "
            + found
            + " and this release reads up to "
            + known
            + ": a newer release wrote it; run that release or a later one, or go back as"
            + " docs/operate/upgrade.md says");
  }

  /**
   * Whether a first byte is the version of a newer release; else what it begins is no record at
   * all.
   *
   * @param found the byte
   * @param known the latest version that this release reads
   */
  public static boolean isNewer(int found, int known) {
    return found > known && found < FIRST_PRINTABLE;
  }

  /** The exception of this kind that is a failure or its cause; null when there is none. */
  public static @Nullable NewerFormatException within(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NewerFormatException newer) {
        return newer;
      }
    }
    return null;
  }
}
