package io.inferwarden.app.processor;

import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output counts of a pane, release by release, all in the bins of one baseline. They merge by
 * adding.
 */
final class ReleaseCounts {
  /**
   * Releases counted in one pane. A caller that sends a new version with every request must not
   * fill the state: what comes after these is not counted.
   */
  static final int MOST_RELEASES = 64;

  final TreeMap<Release, PaneCounts> byRelease = new TreeMap<>();

  /** Releases mostly follow each other: the last one is found without a look-up. */
  private @Nullable Release last;

  private @Nullable PaneCounts lastCounts;

  /** Counts of a release that are there already; null when there are none. */
  @Nullable PaneCounts find(String version, String digest) {
    Release known = last;
    if (known == null || !known.version().equals(version) || !known.digest().equals(digest)) {
      known = new Release(version, digest);
      last = known;
      lastCounts = byRelease.get(known);
    }
    return lastCounts;
  }

  /** Takes the counts of a release that has none; false when there are too many releases. */
  boolean add(Release release, PaneCounts counts) {
    if (byRelease.size() >= MOST_RELEASES) {
      return false;
    }
    byRelease.put(release, counts);
    last = null;
    return true;
  }

  /** Adds the counts of another part of the pane. */
  void merge(ReleaseCounts other) {
    other.byRelease.forEach(
        (release, counts) -> {
          PaneCounts known = byRelease.get(release);
          if (known == null) {
            add(release, counts);
          } else {
            known.merge(counts);
          }
        });
  }

  /** Events of all releases. */
  long events() {
    long events = 0;
    for (PaneCounts counts : byRelease.values()) {
      events += counts.outputEvents();
    }
    return events;
  }

  List<PaneMessage.Outputs> toMessage() {
    List<PaneMessage.Outputs> outputs = new ArrayList<>();
    byRelease.forEach(
        (release, counts) -> {
          StateWriter writer = new StateWriter();
          counts.writeTo(writer);
          outputs.add(
              new PaneMessage.Outputs(release.version(), release.digest(), writer.toBytes()));
        });
    return outputs;
  }

  static ReleaseCounts of(List<PaneMessage.Outputs> outputs) {
    ReleaseCounts counts = new ReleaseCounts();
    for (PaneMessage.Outputs one : outputs) {
      counts.add(
          new Release(one.version(), one.digest()),
          PaneCounts.readFrom(new StateReader(one.counts())));
    }
    return counts;
  }

  void writeTo(StateWriter out) {
    out.writeInt(byRelease.size());
    byRelease.forEach(
        (release, counts) -> {
          out.writeString(release.version()).writeString(release.digest());
          counts.writeOpenTo(out);
        });
  }

  static ReleaseCounts readFrom(StateReader in) {
    ReleaseCounts counts = new ReleaseCounts();
    for (int left = in.readInt(); left > 0; left--) {
      counts.add(new Release(in.readString(), in.readString()), PaneCounts.readFrom(in));
    }
    return counts;
  }
}
