package io.inferwarden.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the launcher, {@code ./inferwarden}, tells the JVM of a platform on this machine. */
public final class LauncherOptions {
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private LauncherOptions() {}

  /** All of them, followed by others, which win. */
  public static List<String> and(List<String> others) {
    List<String> options = new ArrayList<>(List.of("-XX:+UseParallelGC", "-Xms1g", "-Xmx2g"));
    if (hasHugePages()) {
      options.add("-XX:+UseTransparentHugePages");
    }
    options.addAll(others);
    return options;
  }

  private static boolean hasHugePages() {
    if (!Files.isReadable(HUGE_PAGES)) {
      return false;
    }
    try {
      String modes = Files.readString(HUGE_PAGES);
      return modes.contains("[madvise]") || modes.contains("[always]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
