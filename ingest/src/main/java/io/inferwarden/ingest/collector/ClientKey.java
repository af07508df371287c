package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak, and of what. While a key is rotated, two of these have the same name.
 *
 * <p>A key is 256 random bits, so its plain SHA-256 is enough at rest: a salt and a slow hash
 * protect what people choose and others can guess, and nobody can guess this. A slow hash would let
 * anybody who sends wrong keys burn the collector's processors.
 *
 * @param name for the audit and for people; never the key
 * @param sha256 of the key in hexadecimal; null when only a certificate speaks for it
 * @param certificateNames common names, or DNS, URI or e-mail alternative names, of clients'
 *     certificates that speak for it
 * @param tenant whose names its events carry
 * @param models it may speak of, {@code *} stands for any characters; empty for all
 * @param routes paths it may post to; empty for all
 * @param quota null for none
 * @param notBefore when it begins to be good; null for always
 * @param notAfter when it ceases to be good; null for never
 */
public record ClientKey(
    String name,
    @Nullable String sha256,
    Set<String> certificateNames,
    String tenant,
    Set<String> models,
    Set<String> routes,
    @Nullable Quota quota,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ClientKey {
    certificateNames = Set.copyOf(certificateNames);
    models = Set.copyOf(models);
    routes = Set.copyOf(routes);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 64 letters, digits, dots, underscores and hyphens, was '"
              + name
              + "'");
    }
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("tenant of key '" + name + "' must not be blank");
    }
    // The value is not said: it may be the key itself, put there by mistake.
    if (sha256 != null && !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256 of key '" + name + "' must be 64 hexadecimal digits in lower case");
    }
    if (sha256 == null && certificateNames.isEmpty()) {
      throw new IllegalArgumentException(
          "key '" + name + "' must have a sha256 or names of certificates");
    }
    if (notBefore != null && notAfter != null && !notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException(
          "notBefore of key '" + name + "' must be before notAfter, was " + notBefore);
    }
  }

  boolean isGoodAt(Instant now) {
    return (notBefore == null || !now.isBefore(notBefore))
        && (notAfter == null || now.isBefore(notAfter));
  }

  boolean mayPostTo(String path) {
    return routes.isEmpty() || routes.contains(path);
  }

  Client client() {
    return new Client(name, tenant, models);
  }
}
