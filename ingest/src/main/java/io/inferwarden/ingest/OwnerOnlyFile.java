package io.inferwarden.ingest;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files of keys, which nobody but their owner may read. */
public final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * Makes a file and its folders, whole or not at all: who finds it finds all of it, also after a
   * crash.
   *
   * @throws FileAlreadyExistsException when it is there already, and stays as it is
   */
  public static void create(Path file, String content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("expected a file, found " + file);
    }
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(folder, String.valueOf(file.getFileName()), ".draft", ownerOnly(file));
    try {
      Files.writeString(draft, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      publish(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(draft, file);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
