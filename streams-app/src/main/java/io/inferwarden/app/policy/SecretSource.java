package io.inferwarden.app.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Where a secret comes from; the secret itself is never in the configuration. */
public sealed interface SecretSource {
  /**
   * Reads the secret.
   *
   * @param environment the environment variables of the process
   * @throws IOException if there is none, with a message that says where it was looked for
   */
  String read(Map<String, String> environment) throws IOException;

  /** Where it is, such as {@code the environment variable PAGER_KEY}. */
  String inWords();

  /** A secret in an environment variable. */
  record FromEnvironment(String variable) implements SecretSource {
    public FromEnvironment {
      Rule.notBlank().require("secretEnv", variable);
    }

    @Override
    public String read(Map<String, String> environment) throws IOException {
      String secret = environment.getOrDefault(variable, "");
      if (secret.isBlank()) {
        throw new IOException(inWords() + " holds no secret");
      }
      return secret;
    }

    @Override
    public String inWords() {
      return "the environment variable " + variable;
    }
  }

  /** A secret in a file, such as one that Kubernetes mounts; white space around it is dropped. */
  record FromFile(Path file) implements SecretSource {
    @Override
    public String read(Map<String, String> environment) throws IOException {
      String secret;
      try {
        secret = Files.readString(file).strip();
      } catch (NoSuchFileException e) {
        throw new IOException(inWords() + " is missing", e);
      } catch (CharacterCodingException e) {
        throw new IOException(inWords() + " is not text in UTF-8", e);
      }
      if (secret.isEmpty()) {
        throw new IOException(inWords() + " holds no secret");
      }
      return secret;
    }

    @Override
    public String inWords() {
      return "the file " + file;
    }
  }
}
