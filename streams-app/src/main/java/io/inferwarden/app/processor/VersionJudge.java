package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.release.DeclaredReleases;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.model.VersionComparison;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose outputs a baseline judges, and compares the releases that came after it: new
 * versions under the model's first baseline, new digests under the baseline of their version.
 *
 * <p>The outputs of a new release are judged under the old baseline, too, where the comparison of a
 * signal shows no difference; the others are not judged until there is a baseline for them. What is
 * judged in a pane is decided by the panes before it.
 */
final class VersionJudge {
  /** Events that must be compared before "no difference" means anything. */
  static final int LEAST_EVENTS = 200;

  /** New releases told in one pane; others are told in later ones. */
  private static final int MOST_NEW = 8;

  /** A control with fewer events than this share of the candidate's has stopped. */
  private static final double RUNNING = .1;

  /** How much the compared events must grow before they are told again. */
  private static final int REPORT_GROWTH = 4;

  private final DetectionSettings settings;
  private final BaselineRecord baseline;
  private final @Nullable ModelDetector detector;
  private final VersionFindings findings;

  private final long paneMillis;

  /**
   * @param paneMillis length of the panes that are judged
   * @param declared the releases that somebody answers for
   */
  VersionJudge(
      DetectionSettings settings,
      BaselineRecord baseline,
      @Nullable ModelDetector detector,
      long paneMillis,
      DeclaredReleases declared) {
    this.settings = settings;
    this.paneMillis = paneMillis;
    this.baseline = baseline;
    this.detector = detector;
    this.findings = new VersionFindings(baseline.model(), declared);
  }

  /**
   * Adds the outputs that the baseline judges to the pane's counts, and compares the rest.
   *
   * @param pane complete; changed
   * @return what there is to tell of new releases
   */
  List<Finding> judge(VersionWatch watch, long paneStartMillis, JudgedBaseline.PendingPane pane) {
    ModelDetector known = detector;
    if (known == null) {
      return List.of();
    }
    watch.learnDigests(baseline.version(), pane.outputs.byRelease.keySet());
    PaneView view = new PaneView(watch, paneStartMillis, pane);
    List<Finding> told = new ArrayList<>();
    int left = MOST_NEW;
    for (Map.Entry<Release, PaneCounts> each : pane.outputs.byRelease.entrySet()) {
      Release release = each.getKey();
      WatchedRelease watched = watch.releases().get(release);
      if (watch.isOwn(baseline.version(), release) || (watched == null && left == 0)) {
        continue;
      }
      if (watched == null) {
        left--;
        watched = new WatchedRelease(paneStartMillis, view.controlOf(release));
        watch.add(release, watched);
      }
      Finding finding = step(known, view, release, watched, each.getValue());
      if (finding != null) {
        told.add(finding);
      }
    }
    watch.countLive(baseline.version(), paneStartMillis);
    return told;
  }

  private @Nullable Finding step(
      ModelDetector known,
      PaneView view,
      Release release,
      WatchedRelease watched,
      PaneCounts counts) {
    boolean[] carried = carried(known, release, watched);
    if (carried.length > 0) {
      view.pane.counts.mergeSignals(counts, carried);
    }
    watched.lastPaneMillis = view.startMillis;
    watched.events += counts.outputEvents();
    if (!watched.isSettled && !view.pane.isTainted()) {
      compare(known, view, watched, counts);
    }
    return report(known, view, release, watched, counts);
  }

  /** The signals of the release that the old baseline judges. */
  private boolean[] carried(ModelDetector known, Release release, WatchedRelease watched) {
    if (watched.isSettled) {
      boolean learnsItsOwn = !release.version().equals(baseline.version());
      return learnsItsOwn ? new boolean[0] : watched.settledAlike;
    }
    VersionComparison comparison = watched.comparison(known);
    return comparison.events() >= LEAST_EVENTS ? comparison.alike() : new boolean[0];
  }

  private void compare(
      ModelDetector known, PaneView view, WatchedRelease watched, PaneCounts counts) {
    PaneCounts control = view.countsOf(watched.control);
    boolean runs = control != null && control.outputEvents() >= RUNNING * counts.outputEvents();
    if (!runs && watched.control != null) {
      watched.compareWithBaseline();
      control = view.countsOf(null);
      runs = control != null && control.outputEvents() >= RUNNING * counts.outputEvents();
    }
    watched.comparison(known).step(view.startMillis, runs ? control : null, counts);
  }

  private @Nullable Finding report(
      ModelDetector known,
      PaneView view,
      Release release,
      WatchedRelease watched,
      PaneCounts counts) {
    long nowMillis = view.startMillis + paneMillis;
    if (watched.firstPaneMillis == view.startMillis) {
      watched.reportedAtMillis = nowMillis;
      long all = view.pane.outputs.events();
      return findings.firstSeen(
          release, view.olderThan(watched), watched, nowMillis, counts.outputEvents(), all);
    }
    if (watched.isSettled) {
      return null;
    }
    VersionComparison comparison = watched.comparison(known);
    boolean isOver = nowMillis - watched.firstPaneMillis >= settings.learning().toMillis();
    Finding told = null;
    if (isDue(watched, comparison, nowMillis + paneMillis, isOver)) {
      told = findings.compared(release, view.olderThan(watched), watched, comparison, nowMillis);
      watched.reportedAtMillis = nowMillis;
      watched.reportedEvents = comparison.events();
      watched.reportedDiffering = comparison.differing();
    }
    if (isOver && comparison.events() >= LEAST_EVENTS) {
      watched.settle(known); // with fewer events it goes on: too few say nothing of either
    }
    return told;
  }

  /** A difference is told at once; else when much more is known, or before the incident ends. */
  private boolean isDue(
      WatchedRelease watched, VersionComparison comparison, long nextMillis, boolean isOver) {
    long compared = comparison.events();
    boolean grew = compared >= Math.max(LEAST_EVENTS, REPORT_GROWTH * watched.reportedEvents);
    boolean ends = nextMillis - watched.reportedAtMillis > settings.quietPeriod().toMillis();
    return comparison.differing() > watched.reportedDiffering
        || grew
        || ((ends || isOver) && compared > watched.reportedEvents);
  }

  /** One pane, its outputs told apart by release. */
  private final class PaneView {
    final VersionWatch watch;
    final long startMillis;
    final JudgedBaseline.PendingPane pane;
    final @Nullable PaneCounts own;

    PaneView(VersionWatch watch, long startMillis, JudgedBaseline.PendingPane pane) {
      this.watch = watch;
      this.startMillis = startMillis;
      this.pane = pane;
      PaneCounts merged = null;
      Iterator<Map.Entry<Release, PaneCounts>> all = pane.outputs.byRelease.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<Release, PaneCounts> each = all.next();
        if (watch.isOwn(baseline.version(), each.getKey())) {
          pane.counts.merge(each.getValue());
          if (merged == null) {
            merged = each.getValue();
          } else {
            merged.merge(each.getValue());
            all.remove(); // counted with the first one
          }
        }
      }
      this.own = merged;
    }

    /** Counts of a control: those of the baseline's own releases for null. */
    @Nullable PaneCounts countsOf(@Nullable Release control) {
      return control == null ? own : pane.outputs.byRelease.get(control);
    }

    /** The known release to compare with: the baseline's own where it runs, else the busiest. */
    @Nullable Release controlOf(Release candidate) {
      if (own != null) {
        return null;
      }
      Release busiest = null;
      long most = 0;
      for (Map.Entry<Release, PaneCounts> each : pane.outputs.byRelease.entrySet()) {
        WatchedRelease known = watch.releases().get(each.getKey());
        boolean isOlder = known != null && known.firstPaneMillis < startMillis;
        long events = each.getValue().outputEvents();
        if (!each.getKey().equals(candidate) && isOlder && events > most) {
          busiest = each.getKey();
          most = events;
        }
      }
      return busiest;
    }

    Release olderThan(WatchedRelease watched) {
      Release control = watched.control;
      return control == null ? watch.own(baseline.version()) : control;
    }
  }
}
