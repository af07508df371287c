package io.inferwarden.app.cluster;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How large a folder is whose files come and go. */
final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private StateFolder() {}

  /** The sum of the sizes of all files in it; 0 while it is not there. */
  static long bytes(Path folder) {
    Sum sum = new Sum();
    if (Files.isDirectory(folder)) {
      try {
        Files.walkFileTree(folder, sum);
      } catch (IOException e) {
        LOG.warn("The size of {} is not known: {}", folder, e.toString());
      }
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    /** A file that has just been deleted. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
      return FileVisitResult.CONTINUE;
    }
  }
}
