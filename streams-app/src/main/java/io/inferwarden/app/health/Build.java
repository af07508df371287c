package io.inferwarden.app.health;

import java.util.Map;

/**
 * Which build runs.
 *
 * @param version of the release
 * @param revision of the source it was built from
 */
public record Build(String version, String revision) {
  /** The environment variable in which the image says what it was built from. */
  public static final String REVISION = "INFERWARDEN_REVISION";

  private static final String UNKNOWN = "unknown";

  /**
   * The build of this process.
   *
   * @param environment the environment variables of the process
   */
  public static Build of(Map<String, String> environment) {
    String version = Build.class.getPackage().getImplementationVersion();
    return new Build(
        version == null ? UNKNOWN : version, environment.getOrDefault(REVISION, UNKNOWN));
  }
}
