package io.inferwarden.k8s.manifests;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that the tests run. */
final class Programs {
  private static final long MOST_SECONDS = 180;

  private Programs() {}

  record Output(int exitCode, String text, String error) {}

  static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs to its end; input and output go through files, so that neither can block the other. */
  static Output run(Path folder, String input, String... command) throws IOException {
    Path in = Files.createTempFile("input", null);
    Path out = Files.createTempFile("output", null);
    Path error = Files.createTempFile("error", null);
    try {
      Files.writeString(in, input);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(error.toFile())
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command[0] + " takes longer than " + MOST_SECONDS + " s");
      }
      return new Output(process.exitValue(), text(out), text(error));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(error);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
