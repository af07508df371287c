package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.signal.Tactic;
import io.inferwarden.detectors.signal.TextObservation;

/** What is measured of one prompt before it is cut into bins; NaN where missing. Reused. */
final class ChatMeasures {
  private static final int SEVERAL = 2;

  double logInputTokens;
  double logOutputTokens;
  double typical;
  double variety;
  int tactics;
  int severe;

  void measure(Observation event, TextObservation text, WordTable table) {
    logInputTokens = logTokens(event.inputTokens());
    logOutputTokens = logTokens(event.outputTokens());
    typical = table.typicality(text);
    variety = text.variety();
    tactics = Integer.bitCount(text.tactics());
    severe = severity(text.tactics());
  }

  private static double logTokens(int tokens) {
    return tokens < 0 ? Double.NaN : Math.log1p(tokens);
  }

  static int severity(int tactics) {
    if (isAttack(tactics)) {
      return ChatSignal.SEVERE_SEVERAL;
    }
    if (Tactic.SYSTEM_PROMPT.isIn(tactics)) {
      return ChatSignal.SEVERE_INSTRUCTIONS;
    }
    return Tactic.MEMORY.isIn(tactics) ? ChatSignal.SEVERE_MEMORY : 0;
  }

  /** Whether a prompt shows two tactics or more. */
  static boolean isAttack(int tactics) {
    return Integer.bitCount(tactics) >= SEVERAL;
  }

  /** The measure of a signal that is cut by quantiles. */
  double number(ChatSignal signal) {
    return switch (signal) {
      case OUT -> logOutputTokens;
      case IN -> logInputTokens;
      case VARIETY -> variety;
      case TYPICAL -> typical;
      case TACTICS, SEVERE ->
          throw new IllegalArgumentException("signal must be a number, was " + signal);
    };
  }
}
