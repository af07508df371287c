package io.inferwarden.app.processor;

import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.release.DeclaredRelease;
import io.inferwarden.app.release.DeclaredReleases;
import io.inferwarden.detectors.model.BinShift;
import io.inferwarden.detectors.model.SignalComparison;
import io.inferwarden.detectors.model.VersionComparison;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people are told of a new release of a model: that it serves, and whether it differs. */
final class VersionFindings {
  private static final int REASONS = 4;

  /** Of a release that nobody declared, of a model whose releases are declared. */
  private static final Severity UNDECLARED = Severity.HIGH;

  private final String model;
  private final DeclaredReleases declared;

  VersionFindings(String model, DeclaredReleases declared) {
    this.model = model;
    this.declared = declared;
  }

  /** A release was seen for the first time. */
  Finding firstSeen(
      Release release,
      Release older,
      WatchedRelease watched,
      long atMillis,
      long ofPane,
      long allOfPane) {
    String description =
        String.format(
            Locale.ROOT, "serves %,d of %,d answers of the pane it began in", ofPane, allOfPane);
    String sentence =
        String.format(
            Locale.ROOT, "version: %s after %s, %s", named(release), named(older), description);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("version", 0, description, Double.NaN, Double.NaN, sentence));
    if (!declared.knows(model)) {
      return finding(
          release, watched, atMillis, IncidentKind.VERSION_CHANGED.severity(), 0, evidence);
    }
    Optional<DeclaredRelease> declaration = declared.of(model, release.version(), release.digest());
    String said =
        declaration
            .map(VersionFindings::inWords)
            .orElse("not declared, while other releases of this model are");
    evidence.add(
        new Evidence("deployment", 0, said, Double.NaN, Double.NaN, "deployment: " + said));
    Severity severity =
        declaration.isPresent() ? IncidentKind.VERSION_CHANGED.severity() : UNDECLARED;
    return finding(release, watched, atMillis, severity, 0, evidence);
  }

  private static String inWords(DeclaredRelease release) {
    String by = release.by();
    return "declared"
        + (by == null ? "" : " by " + by)
        + " for "
        + Instant.ofEpochMilli(release.atMillis()).truncatedTo(ChronoUnit.SECONDS);
  }

  /** What comparing the release with the older one says so far. */
  Finding compared(
      Release release,
      Release older,
      WatchedRelease watched,
      VersionComparison comparison,
      long atMillis) {
    List<SignalComparison> signals = comparison.signals();
    double sum = signals.stream().mapToDouble(SignalComparison::eValue).sum();
    double most = signals.isEmpty() ? 0 : signals.get(0).eValue();
    List<Evidence> evidence = new ArrayList<>();
    for (SignalComparison signal : signals.subList(0, Math.min(REASONS, signals.size()))) {
      double share = sum > 0 ? signal.eValue() / sum : 0;
      evidence.add(
          Evidence.ofVersions(
              signal.signal(),
              share,
              older.name(),
              release.name(),
              signal.differs(),
              signal.eValue(),
              Change.ofCategories(signal.totalVariation(), histogram(signal))));
    }
    return finding(
        release,
        watched,
        atMillis,
        IncidentKind.VERSION_CHANGED.severity(),
        most / VersionComparison.PROOF,
        evidence);
  }

  private Finding finding(
      Release release,
      WatchedRelease watched,
      long atMillis,
      Severity severity,
      double level,
      List<Evidence> evidence) {
    return new Finding(
        "model:" + model,
        model,
        release.name(),
        IncidentKind.VERSION_CHANGED,
        severity,
        atMillis,
        watched.firstPaneMillis,
        watched.events,
        level,
        evidence);
  }

  private static List<HistogramBin> histogram(SignalComparison signal) {
    List<HistogramBin> bins = new ArrayList<>();
    for (BinShift bin : signal.bins()) {
      bins.add(new HistogramBin(bin.bin(), bin.expectedShare(), bin.observedShare()));
    }
    return bins;
  }

  private static String named(Release release) {
    return release.name().isBlank() ? "the unnamed version" : release.name();
  }
}
