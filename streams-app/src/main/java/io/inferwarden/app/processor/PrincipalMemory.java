package io.inferwarden.app.processor;

import io.inferwarden.detectors.chat.ChatState;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** The evidence that is kept of one principal and model, whatever kind of model it is. */
sealed interface PrincipalMemory {
  /** Of one who asks by features. */
  record ByFeatures(PrincipalState state) implements PrincipalMemory {
    @Override
    public long events() {
      return state.events();
    }

    @Override
    public long firstMillis() {
      return state.firstMillis();
    }

    @Override
    public long lastMillis() {
      return state.lastMillis();
    }

    @Override
    public long onsetMillis() {
      return state.onsetMillis();
    }
  }

  /** Of one who asks by text. */
  record ByText(ChatState state) implements PrincipalMemory {
    @Override
    public long events() {
      return state.events();
    }

    @Override
    public long firstMillis() {
      return state.firstMillis();
    }

    @Override
    public long lastMillis() {
      return state.lastMillis();
    }

    @Override
    public long onsetMillis() {
      return state.onsetMillis();
    }
  }

  /** Number of events seen. */
  long events();

  /** Time of the earliest event, milliseconds since the epoch; 0 before the first. */
  long firstMillis();

  /** Time of the latest event, milliseconds since the epoch; 0 before the first. */
  long lastMillis();

  /** When the present run of evidence began, milliseconds since the epoch. */
  long onsetMillis();

  /** Writes the evidence; {@link #readFrom} continues it identically. */
  default void writeTo(StateWriter out) {
    if (this instanceof ByFeatures byFeatures) {
      out.writeBoolean(false);
      byFeatures.state().writeTo(out);
    } else {
      out.writeBoolean(true);
      ((ByText) this).state().writeTo(out);
    }
  }

  static PrincipalMemory readFrom(StateReader in) {
    return in.readBoolean()
        ? new ByText(ChatState.readFrom(in))
        : new ByFeatures(PrincipalState.readFrom(in));
  }
}
