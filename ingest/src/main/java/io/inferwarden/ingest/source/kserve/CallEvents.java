package io.inferwarden.ingest.source.kserve;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.json.EventDraft;
import io.inferwarden.ingest.source.json.EventIds;
import io.inferwarden.ingest.source.json.JsonFields;
import java.util.List;

/** Makes events of calls: one for each row of a batch, or one of a call without rows. */
final class CallEvents {
  /** Events that one call gives at most; the rest of its rows is rejected as a whole. */
  static final int MOST_ROWS = 10_000;

  private static final List<String> FORWARDED_FOR = List.of("x-forwarded-for");

  private final KServeSettings settings;

  CallEvents(KServeSettings settings) {
    this.settings = settings;
  }

  /** Hands out the events of a call. */
  void give(Call call, String place, RawEvents found) {
    Rows inputs = RequestRows.of(call.requestBody());
    Rows outputs = outputs(call, inputs.count());
    int rows = Math.max(1, Math.max(inputs.count(), outputs.count()));
    String id = EventIds.of(call.first().key().id(), call.timeMillis());
    for (int row = 0; row < Math.min(rows, MOST_ROWS); row++) {
      EventDraft event = draft(call).id(rows == 1 ? id : id + ':' + row);
      if (row < inputs.count()) {
        inputs.fill(row, event);
      }
      if (row < outputs.count()) {
        outputs.fill(row, event);
      }
      event.giveTo(place, found);
    }
    if (rows > MOST_ROWS) {
      found.rejected(
          place,
          new RejectedEvent(
              Reason.TOO_LARGE,
              "",
              "expected at most " + MOST_ROWS + " rows, found " + rows + ": the rest is left out"));
    }
  }

  /** Outputs that belong to as many inputs; none when nobody can say which to which. */
  private static Rows outputs(Call call, int inputs) {
    Rows outputs = ResponseRows.of(call.responseBody());
    if (inputs == 0 || outputs.count() == inputs) {
      return outputs;
    }
    return inputs == 1 ? ResponseRows.asScores(call.responseBody()) : Rows.NONE;
  }

  private EventDraft draft(Call call) {
    Half.Key key = call.first().key();
    String address = JsonFields.firstAddress(call.header(FORWARDED_FOR));
    String principal = principal(call);
    return new EventDraft()
        .timeMillis(call.timeMillis())
        .model(model(call, key))
        .version(version(call, key))
        .principal(principal.isEmpty() ? "kserve:" + key.namespace() : principal)
        .org(call.header(settings.organisationHeaders()))
        .ip(address)
        .latencyMillis(call.latencyMillis());
  }

  private String principal(Call call) {
    for (String header : settings.principalHeaders()) {
      String value = call.header(List.of(header));
      if (!value.isEmpty()) {
        return FORWARDED_FOR.contains(header) ? JsonFields.firstAddress(value) : value;
      }
    }
    return "";
  }

  private String model(Call call, Half.Key key) {
    String service = key.service();
    if (service.isEmpty()) {
      String answering = JsonFields.text(call.responseBody(), "model_name");
      service = answering.isEmpty() ? JsonFields.text(call.requestBody(), "model") : answering;
    }
    boolean isQualified = settings.namespaceInModel() && !key.namespace().isEmpty();
    return isQualified ? key.namespace() + '/' + service : service;
  }

  private static String version(Call call, Half.Key key) {
    String version = JsonFields.text(call.responseBody(), "model_version");
    return version.isEmpty() ? key.endpoint() : version;
  }
}
