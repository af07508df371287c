package io.inferwarden.ingest.door;

import java.util.Set;

/**
 * Who sends events: the holder of an API key or of a certificate, or whoever is on this machine.
 *
 * @param name of the key, for metrics and the audit; never the key
 * @param tenant whose names these are: the same name of two tenants gives two pseudonyms
 * @param models names of the models it may speak of, where {@code *} stands for any characters;
 *     empty for all
 */
public record Client(String name, String tenant, Set<String> models) {
  public Client {
    models = Set.copyOf(models);
  }

  /** Whoever is on this machine, where no key is asked for. */
  public static Client local() {
    return new Client("local", "default", Set.of());
  }
}
