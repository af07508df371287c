package io.inferwarden.app.release;

import io.inferwarden.app.state.CompactedTopicStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The releases that were declared, as every instance reads them from the compacted topic. Read by
 * the threads that judge while another one fills it.
 */
public final class DeclaredReleases extends CompactedTopicStore {
  private final Map<String, DeclaredRelease> byKey = new HashMap<>();
  private final Map<String, Map<String, DeclaredRelease>> byModel = new HashMap<>();

  public DeclaredReleases(String name) {
    super(name);
  }

  /** Whether releases of this model are declared at all. */
  public synchronized boolean knows(String model) {
    return byModel.containsKey(model);
  }

  /**
   * The declaration of a release. A declaration without a digest stands for all digests of its
   * version; one with a digest for that one, and for events that tell none.
   *
   * @param digest as in the events; empty where they tell none
   */
  public synchronized Optional<DeclaredRelease> of(String model, String version, String digest) {
    Collection<DeclaredRelease> declared = byModel.getOrDefault(model, Map.of()).values();
    return List.copyOf(declared).stream()
        .filter(release -> release.version().equals(version))
        .filter(
            release ->
                digest.isEmpty() || release.digest().isEmpty() || release.digest().equals(digest))
        .max((one, other) -> Long.compare(one.atMillis(), other.atMillis()));
  }

  @Override
  protected synchronized void take(String key, byte @Nullable [] json) {
    DeclaredRelease added = json == null ? null : DeclaredRelease.fromJson(json);
    DeclaredRelease before = added == null ? byKey.remove(key) : byKey.put(key, added);
    if (before != null) {
      byModel.computeIfPresent(
          before.model(),
          (model, releases) -> {
            releases.remove(key);
            return releases.isEmpty() ? null : releases;
          });
    }
    if (added != null) {
      byModel.computeIfAbsent(added.model(), model -> new HashMap<>()).put(key, added);
    }
  }
}
