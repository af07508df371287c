package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.route.Route;
import java.util.ArrayList;
import java.util.List;

/** Says in plain words what the alerts of a configuration mean. */
final class AlertsExplanation {
  private AlertsExplanation() {}

  static List<String> of(AlertsConfig alerts) {
    List<String> lines = new ArrayList<>();
    alerts
        .watchdog()
        .ifPresent(
            interval ->
                lines.add(
                    "watchdog: every "
                        + DurationText.format(interval)
                        + " an incident of the kind watchdog takes the way of a real one"));
    if (!alerts.allow().isEmpty()) {
      lines.add(
          "allow: private on purpose are "
              + String.join(", ", alerts.allow())
              + "; other private addresses are refused");
    }
    alerts.sinks().forEach(sink -> lines.add(line(sink)));
    lines.addAll(alerts.tree().explain());
    return List.copyOf(lines);
  }

  static boolean namesWatchdog(Route route) {
    return route.match().kinds().contains(IncidentKind.WATCHDOG)
        || route.children().stream().anyMatch(AlertsExplanation::namesWatchdog);
  }

  private static String line(SinkConfig sink) {
    DeliverySettings delivery = sink.delivery();
    return "sink "
        + sink.name()
        + ": "
        + sink.target().type()
        + ", "
        + (delivery.isToldEveryRevision()
            ? "told every change"
            : "told the latest of each incident")
        + ", "
        + rate(delivery)
        + "; what it does not take is tried for "
        + DurationText.format(delivery.retrySpan());
  }

  private static String rate(DeliverySettings delivery) {
    DeliverySettings.Rate rate = delivery.rate();
    if (rate == null) {
      return "as much as there is";
    }
    DeliverySettings.Digest digest = delivery.digest();
    return "at most "
        + rate.messages()
        + " messages in "
        + DurationText.format(rate.per())
        + (digest == null
            ? ""
            : ", past that a digest, and by themselves only pages of severity "
                + digest.aloneFrom().code()
                + " or graver, at most "
                + digest.mostAlone());
  }
}
