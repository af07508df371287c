package io.inferwarden.ingest.collector.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a spool, which one process at a time uses: its identifier, its segments, each named
 * by the place in the spool at which it begins, and how far it has come, as a hint beside what
 * Kafka says.
 */
final class SpoolFolder implements AutoCloseable {
  private static final String SUFFIX = ".spool";

  private final Path folder;
  private final FileChannel lock;
  private final String id;
  private final FileChannel forwarded;

  private SpoolFolder(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.id = readOrMakeId();
    this.forwarded = open(folder.resolve("forwarded"));
  }

  /**
   * Takes the folder.
   *
   * @throws IOException for one when another process has it
   */
  static SpoolFolder take(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    FileChannel lock = open(folder.resolve("lock"));
    try {
      if (tryLock(lock) == null) {
        throw new IOException("the spool " + folder + " is in use by another collector");
      }
      return new SpoolFolder(folder, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  private String readOrMakeId() throws IOException {
    Path file = folder.resolve("id");
    if (Files.exists(file)) {
      return Files.readString(file, UTF_8).trim();
    }
    String made = UUID.randomUUID().toString();
    Path draft = folder.resolve("id.new");
    try (FileChannel channel = open(draft)) {
      channel.write(ByteBuffer.wrap(made.getBytes(UTF_8)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    sync();
    return made;
  }

  /** Tells this spool from those that were here before. */
  String id() {
    return id;
  }

  /** All segments, by the place at which they begin. */
  NavigableMap<Long, Path> segments() throws IOException {
    TreeMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().matches("\\d{19}\\" + SUFFIX))
          .forEach(
              file -> segments.put(Long.parseLong(file.getFileName().toString(), 0, 19, 10), file));
    }
    return segments;
  }

  /** A segment that begins at a place, made when missing. */
  FileChannel openSegment(long begin) throws IOException {
    FileChannel channel = open(path(begin));
    sync();
    return channel;
  }

  Path path(long begin) {
    return folder.resolve(String.format(Locale.ROOT, "%019d", begin) + SUFFIX);
  }

  /** Names of new files last only when the folder itself is on the disk. */
  private void sync() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** How far it has come at least. */
  long forwarded() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
    if (forwarded.read(bytes, 0) < bytes.capacity()) {
      return 0;
    }
    long place = bytes.getLong(0);
    return place >= 0 && bytes.getLong(Long.BYTES) == ~place ? place : 0;
  }

  /** Notes how far it has come; not forced, since an older note does no harm. */
  void noteForwarded(long place) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(place).putLong(~place).flip();
    forwarded.write(bytes, 0);
  }

  /** Kafka has all of a segment: it is deleted, or kept under another name when it is damaged. */
  void release(Path segment, boolean isDamaged) throws IOException {
    if (isDamaged) {
      Files.move(segment, segment.resolveSibling(segment.getFileName() + ".damaged"));
    } else {
      Files.delete(segment);
    }
  }

  @Override
  public void close() throws IOException {
    forwarded.close();
    lock.close();
  }
}
