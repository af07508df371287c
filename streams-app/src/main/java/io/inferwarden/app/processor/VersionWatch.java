package io.inferwarden.app.processor;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The releases of a model that were seen under one of its baselines: which of them the baseline
 * stands for, and which came later.
 */
final class VersionWatch {
  /** Releases remembered; past that, the one not seen for the longest is forgotten. */
  static final int MOST_RELEASES = 64;

  /** A version counts as live for so long after its last event. */
  private static final long LIVE_MILLIS = Duration.ofDays(1).toMillis();

  private static final int MOST_DIGESTS = 16;
  private static final int MOST_CHANGES = 256;

  /** Digests that the baseline stands for: those of the first pane that has any. */
  private final TreeSet<String> ownDigests = new TreeSet<>();

  private final TreeMap<Release, WatchedRelease> releases = new TreeMap<>();

  /** How many versions were live, by the pane from which on. */
  private final TreeMap<Long, Integer> liveVersions = new TreeMap<>();

  /** Learns from the first pane that has digests which of them the baseline stands for. */
  void learnDigests(String ownVersion, Iterable<Release> inPane) {
    if (!ownDigests.isEmpty()) {
      return;
    }
    for (Release release : inPane) {
      boolean hasDigest = release.version().equals(ownVersion) && !release.digest().isEmpty();
      if (hasDigest && ownDigests.size() < MOST_DIGESTS) {
        ownDigests.add(release.digest());
      }
    }
  }

  /** Whether the baseline stands for the release. */
  boolean isOwn(String ownVersion, Release release) {
    return release.version().equals(ownVersion)
        && (release.digest().isEmpty() || ownDigests.contains(release.digest()));
  }

  /** The baseline's own release, with its digest where there is just one. */
  Release own(String ownVersion) {
    return new Release(ownVersion, ownDigests.size() == 1 ? ownDigests.first() : "");
  }

  Map<Release, WatchedRelease> releases() {
    return releases;
  }

  /** Takes note of a new release; makes room for it where there are too many. */
  void add(Release release, WatchedRelease watched) {
    if (releases.size() >= MOST_RELEASES) {
      Release oldest = releases.firstKey();
      for (Map.Entry<Release, WatchedRelease> each : releases.entrySet()) {
        WatchedRelease known = releases.get(oldest);
        if (known != null && each.getValue().lastPaneMillis < known.lastPaneMillis) {
          oldest = each.getKey();
        }
      }
      releases.remove(oldest);
    }
    releases.put(release, watched);
  }

  /** Counts the versions that live in a pane: the baseline's own and those seen of late. */
  void countLive(String ownVersion, long paneStartMillis) {
    TreeSet<String> live = new TreeSet<>();
    live.add(ownVersion);
    releases.forEach(
        (release, watched) -> {
          if (watched.lastPaneMillis > paneStartMillis - LIVE_MILLIS) {
            live.add(release.version());
          }
        });
    if (liveVersionsAt(paneStartMillis) != live.size()) {
      liveVersions.put(paneStartMillis, live.size());
      if (liveVersions.size() > MOST_CHANGES) {
        liveVersions.pollFirstEntry();
      }
    }
  }

  /**
   * Among how many versions the model's share of the budget is split in a pane; the same whether
   * later panes were judged or not.
   */
  int liveVersionsAt(long paneStartMillis) {
    Map.Entry<Long, Integer> known = liveVersions.floorEntry(paneStartMillis);
    return known == null ? 1 : known.getValue();
  }

  void writeTo(StateWriter out) {
    out.writeInt(ownDigests.size());
    ownDigests.forEach(out::writeString);
    out.writeInt(releases.size());
    releases.forEach(
        (release, watched) -> {
          out.writeString(release.version()).writeString(release.digest());
          watched.writeTo(out);
        });
    out.writeInt(liveVersions.size());
    liveVersions.forEach((pane, live) -> out.writeLong(pane).writeInt(live));
  }

  static VersionWatch readFrom(StateReader in) {
    VersionWatch watch = new VersionWatch();
    for (int left = in.readInt(); left > 0; left--) {
      watch.ownDigests.add(in.readString());
    }
    for (int left = in.readInt(); left > 0; left--) {
      watch.releases.put(
          new Release(in.readString(), in.readString()), WatchedRelease.readFrom(in));
    }
    for (int left = in.readInt(); left > 0; left--) {
      watch.liveVersions.put(in.readLong(), in.readInt());
    }
    return watch;
  }
}
