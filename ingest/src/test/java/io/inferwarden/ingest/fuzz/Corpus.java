package io.inferwarden.ingest.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Inputs that are kept beside the tests, in a folder for each parser: those that have reached what
 * no seed had, each named by its outcome, and those that once were a defect, named {@code defect-}
 * and some words.
 */
final class Corpus {
  static final String DEFECT = "defect-";
  private static final Path ROOT =
      Path.of("src", "test", "resources", "io", "inferwarden", "ingest", "fuzz", "corpus");
  private static final int LONGEST_NAME = 80;
  private static final int MOST_BYTES = Mutator.USUAL_BYTES;

  private final Path folder;

  Corpus(FuzzShare share) {
    this.folder = ROOT.resolve(share.code());
  }

  /** The inputs by name. */
  SortedMap<String, byte[]> read() throws IOException {
    SortedMap<String, byte[]> inputs = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return inputs;
  }

  /** Keeps an input for its outcome, unless a shorter one is there. */
  void keep(String outcome, byte[] input) throws IOException {
    Path file = folder.resolve(name(outcome));
    if (input.length <= MOST_BYTES && (!Files.exists(file) || Files.size(file) > input.length)) {
      Files.createDirectories(folder);
      Files.write(file, input);
    }
  }

  /** Where to put an input that was a defect. */
  Path placeOfDefect() {
    return Path.of("ingest").resolve(folder).resolve(DEFECT + "what-was-wrong");
  }

  /** The outcome as the name of a file. */
  static String name(String outcome) {
    String name =
        outcome.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
