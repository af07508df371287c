package io.inferwarden.app.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The gateway of the simulation: asks the model, hands the published answer back, and remembers
 * both.
 */
final class Recording {
  private static final int TYPICAL_EVENT_BYTES = 768;

  private final JsonFactory jsonFactory = new JsonFactory();
  private final List<Call> calls = new ArrayList<>();
  private final SplittableRandom random;
  private final long endMillis;

  Recording(SplittableRandom random, long endMillis) {
    this.random = random;
    this.endMillis = endMillis;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Call(
      long timeMillis,
      Caller caller,
      ServedModel model,
      double[] row,
      double[] scores,
      double latencyMillis) {}

  /**
   * Scores of the row, to the four decimals that are published. A call after the end of the
   * recording is answered, not kept.
   */
  double[] ask(long timeMillis, Caller caller, ServedModel model, double[] row) {
    double[] scores = model.classifier().scores(row);
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.round(scores[c] * 1e4) / 1e4;
    }
    double latencyMillis = Math.round((4 + 6 * random.nextExponential()) * 10) / 10.0;
    if (timeMillis < endMillis) {
      calls.add(new Call(timeMillis, caller, model, row, scores, latencyMillis));
    }
    return scores;
  }

  /** The label of an attacker all of whose recorded calls belong to the attack. */
  AttackLabel attackBy(Caller caller, String attack, String campaign) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    long queries = 0;
    String model = "";
    for (Call call : calls) {
      if (call.caller().principal().equals(caller.principal())) {
        from = Math.min(from, call.timeMillis());
        to = Math.max(to, call.timeMillis());
        model = call.model().name();
        queries++;
      }
    }
    return new AttackLabel(caller.principal(), model, attack, campaign, from, to, queries);
  }

  /** Everything recorded as events, sorted by time. */
  List<DemoEvent> events() {
    calls.sort(Comparator.comparingLong(Call::timeMillis));
    List<DemoEvent> events = new ArrayList<>(calls.size());
    for (Call call : calls) {
      byte[] json = json(call, "demo-%07d".formatted(events.size()));
      events.add(
          new DemoEvent(call.timeMillis(), call.caller().principal(), call.model().name(), json));
    }
    return events;
  }

  private byte[] json(Call call, String id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_EVENT_BYTES);
    ServedModel model = call.model();
    try (JsonGenerator json = jsonFactory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", id);
      json.writeNumberField("time", call.timeMillis());
      json.writeStringField("model", model.name());
      json.writeStringField("version", model.version());
      json.writeStringField("digest", model.digest());
      json.writeStringField("principal", call.caller().principal());
      json.writeStringField("org", call.caller().org());
      json.writeStringField("ip", call.caller().address());
      json.writeStringField("operation", "classify");
      json.writeStringField("status", "ok");
      json.writeNumberField("latencyMs", call.latencyMillis());
      json.writeObjectFieldStart("input");
      model.space().write(call.row(), json);
      json.writeEndObject();
      json.writeObjectFieldStart("output");
      json.writeStringField("label", model.labels().get(Classifier.largest(call.scores())));
      json.writeFieldName("scores");
      json.writeArray(call.scores(), 0, call.scores().length);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event could not be written to memory", impossible);
    }
    return bytes.toByteArray();
  }
}
