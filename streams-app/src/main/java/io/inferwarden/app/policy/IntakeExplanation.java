package io.inferwarden.app.policy;

import java.util.ArrayList;
import java.util.List;

/** Says in plain words how events get in. */
final class IntakeExplanation {
  private IntakeExplanation() {}

  static List<String> of(IntakeConfig intake) {
    List<String> lines = new ArrayList<>();
    intake.collector().ifPresent(collector -> addCollector(lines, collector));
    intake.sources().forEach(source -> lines.add(line(source)));
    addPrivacy(lines, intake.privacy());
    lines.add(
        intake.audit().enabled()
            ? "audit: a record of every inference is kept for "
                + DurationText.format(intake.audit().retention())
            : "audit: no record of inferences is kept");
    return List.copyOf(lines);
  }

  /** What is valid but seldom meant. */
  static List<String> warnings(IntakeConfig intake, RunConfig.Instance instance) {
    List<String> warnings = new ArrayList<>();
    intake
        .collector()
        .ifPresent(
            collector -> {
              if (collector.spool().isPresent() && instance.id().isEmpty()) {
                warnings.add(
                    "collector.spool stands without instance.id, so this machine's name is taken:"
                        + " under another name what waits there is sent again");
              }
              if (!collector.keys().isEmpty() && collector.tls().isEmpty()) {
                warnings.add(
                    "collector.keys are sent in plain text, since there is no collector.tls; let a"
                        + " proxy in front end TLS, or set it");
              }
            });
    if (intake.takesEvents() && intake.privacy().epochs().isEmpty()) {
      warnings.add(
          "privacy.epochs is empty, so this instance makes a key of its own: another instance would"
              + " give the same person another pseudonym");
    }
    return List.copyOf(warnings);
  }

  private static void addCollector(List<String> lines, CollectorConfig collector) {
    lines.add(
        "collector: takes events on "
            + collector.host()
            + ":"
            + collector.port()
            + (collector.tls().isPresent() ? " over TLS" : ""));
    if (collector.keys().isEmpty()) {
      lines.add("keys: none; whoever is on this machine may send");
    }
    for (CollectorConfig.Key key : collector.keys()) {
      lines.add(
          "key "
              + key.name()
              + ": for "
              + models(key.models())
              + " of tenant "
              + key.tenant()
              + key.eventsPerSecond().map(rate -> ", " + rate + " events a second").orElse("")
              + key.notBefore().map(time -> ", from " + time).orElse("")
              + key.notAfter().map(time -> ", until " + time).orElse(""));
    }
    lines.add(
        collector
            .spool()
            .map(spool -> "spool: events wait in " + spool.folder() + " while Kafka is away")
            .orElse("spool: none; while Kafka is away senders are told 503"));
  }

  private static String line(SourceConfig source) {
    return "source "
        + source.topic()
        + ": "
        + source.format().code()
        + " of "
        + models(source.models())
        + ", tenant "
        + source.tenant()
        + (source.fromBeginning() ? ", from its beginning" : ", from now on");
  }

  private static void addPrivacy(List<String> lines, PrivacyConfig privacy) {
    if (privacy.epochs().isEmpty()) {
      lines.add("pseudonyms: with a key of this deployment's own, in the state folder");
    }
    // The first epoch is in force from the beginning of time, whenever it says that it begins.
    for (PrivacyConfig.Epoch epoch : privacy.epochs()) {
      lines.add(
          "pseudonyms: from "
              + (epoch.equals(privacy.epochs().get(0))
                  ? "the beginning"
                  : epoch.from().plus(epoch.overlap()))
              + " with the key "
              + epoch.id()
              + " in "
              + epoch.secret().inWords());
    }
    lines.add(
        privacy
            .keepText()
            .map(
                kept ->
                    "texts: of "
                        + models(kept.models())
                        + " kept for "
                        + DurationText.format(kept.retention())
                        + ", of all others dropped")
            .orElse("texts: dropped"));
  }

  private static String models(List<String> models) {
    return models.isEmpty() ? "all models" : String.join(", ", models);
  }
}
