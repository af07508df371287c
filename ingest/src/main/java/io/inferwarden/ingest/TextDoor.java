package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Where raw text ends: what comes in as text leaves as {@link TextMeasures}. One for each thread;
 * takes memory only once there is a text.
 */
final class TextDoor {
  private @Nullable TextScanner inputs;
  private @Nullable TextScanner outputs;

  void input(char[] text, int offset, int length, TextMeasures into) {
    if (inputs == null) {
      inputs = new TextScanner();
    }
    inputs.scan(text, offset, length, into);
  }

  void output(char[] text, int offset, int length, TextMeasures into) {
    if (outputs == null) {
      outputs = new TextScanner();
    }
    outputs.scan(text, offset, length, into);
  }

  /** Completes the measures of an output whose input has come through the door, too. */
  void compare(TextMeasures output) {
    if (inputs != null && outputs != null) {
      output.count(TextCount.ECHOED_WORDS, outputs.echoOf(inputs));
    }
  }
}
