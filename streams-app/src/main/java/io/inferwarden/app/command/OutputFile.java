package io.inferwarden.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that will be written after long work. */
final class OutputFile {
  private OutputFile() {}

  /** Refuses, before the work, a file whose folder does not exist. */
  static void requireFolder(@Nullable Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("cannot write " + file + ": there is no folder " + folder);
    }
  }
}
