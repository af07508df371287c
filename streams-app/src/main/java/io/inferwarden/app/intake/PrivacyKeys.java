package io.inferwarden.app.intake;

import io.inferwarden.app.policy.PrivacyConfig;
import io.inferwarden.app.policy.SecretSource;
import io.inferwarden.ingest.Canaries;
import io.inferwarden.ingest.OwnerOnlyFile;
import io.inferwarden.ingest.door.DoorSettings;
import io.inferwarden.ingest.door.KeyEpoch;
import io.inferwarden.ingest.door.KeyRing;
import io.inferwarden.ingest.door.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the keys that names and texts are hidden under, and makes one where none is configured. */
public final class PrivacyKeys {
  /** In the state folder, where no epoch is configured. */
  public static final String OWN_KEY = "pseudonym.key";

  private static final Logger LOG = LoggerFactory.getLogger(PrivacyKeys.class);
  private static final String OWN_EPOCH = "own";
  private static final int OWN_KEY_BYTES = 32;

  private PrivacyKeys() {}

  /**
   * The settings of the doors.
   *
   * @param stateFolder where this instance's own key is, or will be
   * @param environment the environment variables of the process
   * @throws IOException when a secret is missing or too short, with a message that says which
   */
  public static DoorSettings settings(
      PrivacyConfig config, Path stateFolder, Map<String, String> environment) throws IOException {
    if (config.epochs().isEmpty()) {
      makeOwnKeyUnlessThere(stateFolder.resolve(OWN_KEY));
    }
    KeyRing keys = keyRing(config, stateFolder, environment);
    Secret content =
        config.fingerprintKey().isEmpty()
            ? DoorSettings.contentSecretOf(keys)
            : secret(config.fingerprintKey().get(), environment);
    List<String> lines =
        config.canaries().isEmpty()
            ? List.of()
            : config
                .canaries()
                .get()
                .read(environment)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    Set<String> kept = config.keepText().map(keep -> Set.copyOf(keep.models())).orElse(Set.of());
    return new DoorSettings(keys, content, canaries(lines), kept);
  }

  private static Canaries canaries(List<String> lines) throws IOException {
    try {
      return Canaries.of(lines);
    } catch (IllegalArgumentException e) {
      throw new IOException("privacy.canaries: " + e.getMessage(), e);
    }
  }

  /**
   * The keys of all epochs; without any, the one that the first start has made.
   *
   * @throws IOException when a secret is missing or too short
   */
  public static KeyRing keyRing(
      PrivacyConfig config, Path stateFolder, Map<String, String> environment) throws IOException {
    if (config.epochs().isEmpty()) {
      Secret own = secret(new SecretSource.FromFile(stateFolder.resolve(OWN_KEY)), environment);
      return KeyRing.of(List.of(new KeyEpoch(OWN_EPOCH, Instant.EPOCH, Duration.ZERO, own)));
    }
    List<KeyEpoch> epochs = new ArrayList<>();
    try {
      for (PrivacyConfig.Epoch epoch : config.epochs()) {
        epochs.add(
            new KeyEpoch(
                epoch.id(), epoch.from(), epoch.overlap(), secret(epoch.secret(), environment)));
      }
      return KeyRing.of(epochs);
    } catch (IllegalArgumentException e) {
      throw new IOException("privacy.epochs: " + e.getMessage(), e);
    }
  }

  private static Secret secret(SecretSource source, Map<String, String> environment)
      throws IOException {
    try {
      return Secret.parse(source.read(environment));
    } catch (IllegalArgumentException e) {
      throw new IOException(source.inWords() + ": " + e.getMessage(), e);
    }
  }

  private static void makeOwnKeyUnlessThere(Path file) throws IOException {
    if (!Files.exists(file)) {
      makeOwnKey(file);
    }
  }

  private static void makeOwnKey(Path file) throws IOException {
    byte[] key = new byte[OWN_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      OwnerOnlyFile.create(file, HexFormat.of().formatHex(key));
      LOG.info(
          "Made {}, under which names are hidden: keep it, or the same people get other pseudonyms",
          file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by somebody else", file, e);
    }
  }
}
