package io.inferwarden.detectors.model;

import static io.inferwarden.detectors.model.SignalGroup.INPUT;
import static io.inferwarden.detectors.model.SignalGroup.OPERATION;
import static io.inferwarden.detectors.model.SignalGroup.OUTPUT;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.TextObservation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A signal that is read from an event as it is, without anything learned.
 *
 * @param name part of the platform's contract
 * @param group what it is about
 * @param scope what of an event has it
 * @param source reads it
 */
record PlainSignal(String name, SignalGroup group, SignalScope scope, SignalSource source) {
  static final PlainSignal INPUT_LENGTH =
      ofRequest("input.text.length", count(Observation::inputTextLength));
  static final PlainSignal OUTPUT_LENGTH =
      ofOutput("output.text.length", count(Observation::outputTextLength));

  /** All of them, in the order in which a baseline holds them. */
  static final List<PlainSignal> ALL =
      List.of(
          ofRequest("input.tokens", count(Observation::inputTokens)),
          INPUT_LENGTH,
          ofOutput("output.label", SignalSource.ofWord(Observation::label)),
          ofOutput("output.confidence", SignalSource.ofNumber(ScoreMeasures::confidence)),
          ofOutput("output.margin", SignalSource.ofNumber(ScoreMeasures::margin)),
          ofOutput("output.entropy", SignalSource.ofNumber(ScoreMeasures::entropy)),
          ofOutput("output.value", SignalSource.ofNumber(Observation::regressionValue)),
          ofOutput("output.tokens", count(Observation::outputTokens)),
          OUTPUT_LENGTH,
          ofOutput("output.finishReason", SignalSource.ofWord(Observation::finishReason)),
          ofOutput("output.text.opening", textWord(TextObservation::opening)),
          ofOutput("output.text.first", textWord(TextObservation::first)),
          ofOutput("output.text.ending", textWord(TextObservation::ending)),
          ofOutput("output.text.variety", text(TextObservation::variety)),
          ofOutput("output.text.repetition", text(TextObservation::repetition)),
          ofOutput("output.text.newlines", text(TextObservation::newlineShare)),
          ofOutput("output.text.punctuation", text(TextObservation::punctuationShare)),
          ofOutput("output.text.wordLength", text(TextObservation::meanWordLength)),
          ofOutput("output.text.echo", text(TextObservation::echo)),
          ofOperation(
              "latency", SignalScope.CALL, SignalSource.ofNumber(Observation::latencyMillis)),
          ofOperation(
              "latency.perToken",
              SignalScope.ANSWER,
              SignalSource.ofNumber(PlainSignal::latencyPerToken)),
          ofOperation("status", SignalScope.CALL, SignalSource.ofWord(Observation::status)));

  private static final Map<String, PlainSignal> BY_NAME =
      ALL.stream().collect(Collectors.toMap(PlainSignal::name, Function.identity()));

  /** The signal of this name, or null. */
  static @Nullable PlainSignal named(String name) {
    return BY_NAME.get(name);
  }

  /** Whether a request failed: it says so, and there is no answer that outputs could be read of. */
  static boolean isFailure(Observation observation) {
    String status = observation.status();
    return status != null
        && !status.equals("ok")
        && observation.label() == null
        && observation.scoreCount() == 0
        && Double.isNaN(observation.regressionValue())
        && observation.outputTokens() <= 0
        && observation.outputTextLength() <= 0;
  }

  private static PlainSignal ofRequest(String name, SignalSource source) {
    return new PlainSignal(name, INPUT, SignalScope.REQUEST, source);
  }

  private static PlainSignal ofOutput(String name, SignalSource source) {
    return new PlainSignal(name, OUTPUT, SignalScope.ANSWER, source);
  }

  private static PlainSignal ofOperation(String name, SignalScope scope, SignalSource source) {
    return new PlainSignal(name, OPERATION, scope, source);
  }

  private static double latencyPerToken(Observation observation) {
    int tokens = observation.outputTokens();
    return tokens < 0 ? Double.NaN : observation.latencyMillis() / (1 + tokens);
  }

  private static SignalSource count(ToDoubleFunction<Observation> reader) {
    return SignalSource.ofNumber(
        observation -> {
          double count = reader.applyAsDouble(observation);
          return count < 0 ? Double.NaN : count;
        });
  }

  private static SignalSource text(ToDoubleFunction<TextObservation> reader) {
    return SignalSource.ofNumber(
        observation -> {
          TextObservation text = observation.outputText();
          return text == null ? Double.NaN : reader.applyAsDouble(text);
        });
  }

  private static SignalSource textWord(Function<TextObservation, String> reader) {
    return SignalSource.ofWord(
        observation -> {
          TextObservation text = observation.outputText();
          return text == null ? null : reader.apply(text);
        });
  }
}
