package io.inferwarden.app.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The text of a configuration file. */
final class ConfigText {
  private ConfigText() {}

  static String of(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    } catch (CharacterCodingException e) {
      throw new InvalidConfigException(
          List.of(new ConfigProblem(file.toString(), 1, "", "is not text in UTF-8")));
    }
  }
}
