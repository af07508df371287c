package io.inferwarden.app.intake;

import io.inferwarden.app.policy.CollectorConfig;
import io.inferwarden.app.policy.SourceConfig;
import io.inferwarden.ingest.collector.EventRoute;
import io.inferwarden.ingest.collector.JsonAnswers;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.envoy.EnvoyFieldMap;
import io.inferwarden.ingest.source.envoy.EnvoySource;
import io.inferwarden.ingest.source.kserve.KServeSettings;
import io.inferwarden.ingest.source.kserve.KServeSource;
import io.inferwarden.ingest.source.lines.EventLines;
import io.inferwarden.ingest.source.litellm.LiteLlmSource;
import io.inferwarden.ingest.source.otlp.OtlpLogSource;
import io.inferwarden.ingest.source.otlp.OtlpSettings;
import io.inferwarden.ingest.source.otlp.OtlpTraceSource;
import java.util.List;

/** The formats that events come in, set up as the configuration says. */
final class EventFormats {
  private final OtlpSettings otlp;
  private final KServeSettings kserve;
  private final EnvoyFieldMap envoy;

  EventFormats(CollectorConfig.Formats formats) {
    OtlpSettings usualOtlp = OtlpSettings.defaults();
    this.otlp =
        formats.otlpPrincipal().isEmpty()
            ? usualOtlp
            : new OtlpSettings(
                formats.otlpPrincipal(),
                usualOtlp.organisationAttributes(),
                usualOtlp.addressAttributes());
    KServeSettings usual = KServeSettings.usual();
    this.kserve =
        new KServeSettings(
            formats.kserveJoinWithin(),
            usual.mostHeld(),
            usual.mostBytes(),
            formats.kservePrincipal().isEmpty()
                ? usual.principalHeaders()
                : formats.kservePrincipal(),
            usual.organisationHeaders(),
            usual.namespaceInModel());
    this.envoy = EnvoyFieldMap.of(formats.envoyFields());
  }

  /** The paths of all formats. */
  List<EventRoute> routes() {
    return List.of(
        EventRoute.of("/v1/events", EventRoute.JSON_LINES, new EventLines()),
        new EventRoute(
            "/v1/traces",
            EventRoute.OTLP,
            client -> new OtlpTraceSource(otlp),
            OtlpCollectorAnswers.ofTraces()),
        new EventRoute(
            "/v1/logs",
            EventRoute.OTLP,
            client -> new OtlpLogSource(otlp),
            OtlpCollectorAnswers.ofLogs()),
        new EventRoute(
            "/kserve",
            EventRoute.CLOUD_EVENTS,
            client -> new KServeSource(kserve),
            new JsonAnswers()),
        EventRoute.of("/litellm", EventRoute.JSON_LINES, new LiteLlmSource()),
        EventRoute.of("/envoy", EventRoute.JSON_LINES, new EnvoySource(envoy)));
  }

  /** What reads the records of a topic. */
  EventSource of(SourceConfig.Format format) {
    return switch (format) {
      case EVENTS -> new EventLines();
      case OTLP_TRACES -> new OtlpTraceSource(otlp);
      case OTLP_LOGS -> new OtlpLogSource(otlp);
      case KSERVE -> new KServeSource(kserve);
      case LITELLM -> new LiteLlmSource();
      case ENVOY -> new EnvoySource(envoy);
    };
  }
}
