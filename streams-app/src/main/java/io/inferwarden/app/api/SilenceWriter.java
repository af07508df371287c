package io.inferwarden.app.api;

import io.inferwarden.alerting.route.Silence;
import java.io.IOException;

/** Puts silences into their topic. */
public interface SilenceWriter {
  /** Returns when the topic has it, in place of what it held under the same id. */
  void write(Silence silence) throws IOException, InterruptedException;
}
