package io.inferwarden.app.processor;

import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.VersionComparison;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** A release that came after the baseline, and what is known of how it differs. */
final class WatchedRelease {
  final long firstPaneMillis;
  long lastPaneMillis;

  /** Events so far. */
  long events;

  /** The release that it is compared with while both run; null for the baseline's own. */
  @Nullable Release control;

  /** Whether the comparison is over; what it said is kept. */
  boolean isSettled;

  /** Event time of the last report. */
  long reportedAtMillis;

  /** Compared events at the last report. */
  long reportedEvents;

  /** Signals that differed at the last report. */
  int reportedDiffering;

  /** The signals that showed no difference when the comparison ended; empty before. */
  boolean[] settledAlike = new boolean[0];

  private @Nullable VersionComparison comparison;
  private byte @Nullable [] restoredComparison;

  WatchedRelease(long firstPaneMillis, @Nullable Release control) {
    this.firstPaneMillis = firstPaneMillis;
    this.lastPaneMillis = firstPaneMillis;
    this.control = control;
  }

  /** The comparison, read with the detector that knows its shape. */
  VersionComparison comparison(ModelDetector detector) {
    VersionComparison known = comparison;
    if (known == null) {
      byte[] restored = restoredComparison;
      known =
          restored == null
              ? new VersionComparison(detector)
              : VersionComparison.readFrom(detector, new StateReader(restored));
      comparison = known;
      restoredComparison = null;
    }
    return known;
  }

  /** Compares with the baseline's own release from now on, from the beginning. */
  void compareWithBaseline() {
    control = null;
    comparison = null;
    restoredComparison = null;
    reportedEvents = 0;
    reportedDiffering = 0;
  }

  /** Ends the comparison. */
  void settle(ModelDetector detector) {
    settledAlike = comparison(detector).alike();
    isSettled = true;
    comparison = null;
  }

  void writeTo(StateWriter out) {
    out.writeLong(firstPaneMillis).writeLong(lastPaneMillis).writeLong(events);
    Release other = control;
    out.writeNullableString(other == null ? null : other.version());
    out.writeNullableString(other == null ? null : other.digest());
    out.writeBoolean(isSettled).writeLong(reportedAtMillis);
    out.writeLong(reportedEvents).writeInt(reportedDiffering);
    out.writeInt(settledAlike.length);
    for (boolean alike : settledAlike) {
      out.writeBoolean(alike);
    }
    byte[] bytes = restoredComparison;
    VersionComparison known = comparison;
    if (known != null) {
      StateWriter own = new StateWriter();
      known.writeTo(own);
      bytes = own.toBytes();
    }
    out.writeBoolean(bytes != null);
    if (bytes != null) {
      out.writeBytes(bytes);
    }
  }

  static WatchedRelease readFrom(StateReader in) {
    long firstPane = in.readLong();
    long lastPane = in.readLong();
    long events = in.readLong();
    String version = in.readNullableString();
    String digest = in.readNullableString();
    Release control = version == null || digest == null ? null : new Release(version, digest);
    WatchedRelease read = new WatchedRelease(firstPane, control);
    read.lastPaneMillis = lastPane;
    read.events = events;
    read.isSettled = in.readBoolean();
    read.reportedAtMillis = in.readLong();
    read.reportedEvents = in.readLong();
    read.reportedDiffering = in.readInt();
    read.settledAlike = new boolean[in.readInt()];
    for (int i = 0; i < read.settledAlike.length; i++) {
      read.settledAlike[i] = in.readBoolean();
    }
    read.restoredComparison = in.readBoolean() ? in.readBytes() : null;
    return read;
  }
}
