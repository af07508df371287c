package io.inferwarden.app.command;

import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.policy.CollectorConfig;
import io.inferwarden.app.policy.RunConfig;

/** Says where events are taken. */
final class IntakeLines {
  private IntakeLines() {}

  static String listening(RunConfig running, Intake intake) {
    CollectorConfig collector = running.intake().collector().orElse(CollectorConfig.defaults());
    String scheme = collector.tls().isPresent() ? "https://" : "http://";
    return "Events: "
        + scheme
        + collector.host()
        + ":"
        + intake.port()
        + "/v1/events, and OTLP, KServe, LiteLLM and Envoy beside it; see docs/connect/";
  }
}
