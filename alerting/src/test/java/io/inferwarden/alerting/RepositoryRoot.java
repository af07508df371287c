package io.inferwarden.alerting;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the documentation is found from a test. */
public final class RepositoryRoot {
  private RepositoryRoot() {}

  /** The folder of the uppermost pom: tests run in the folder of their module. */
  public static Path path() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && Files.exists(folder.getParent().resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
