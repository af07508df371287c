package io.inferwarden.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder on a disk of its own that one process sees and that is full from the beginning: a memory
 * file system, mounted in a mount namespace that ends with the process.
 */
record SmallDisk(Path folder) {
  private static final String FILLED = "filled";

  /** Whether this machine lets a process have such a disk. */
  static boolean isPossible() throws IOException, InterruptedException {
    try {
      Process trial =
          new ProcessBuilder(List.of("unshare", "--map-root-user", "--mount", "true")).start();
      return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** What runs a command that has the disk, full. */
  List<String> command() {
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o size=256k disk \"$0\" || exit 1\n"
            + "dd if=/dev/zero of=\"$0/"
            + FILLED
            + "\" bs=4k 2>/dev/null\n"
            + "exec \"$@\"",
        folder.toString());
  }

  /** Makes room, as a person would. */
  void makeRoom(InstanceProcess owner) throws IOException {
    Files.delete(seenBy(owner).resolve(FILLED));
  }

  /** The folder as its owner sees it. */
  Path seenBy(InstanceProcess owner) {
    return Path.of("/proc", String.valueOf(owner.pid()), "root")
        .resolve(folder.toString().substring(1));
  }
}
