package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.message.FleetMessageSerde;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the judges told of the panes that end at one time, until all of them have judged theirs. */
final class FleetPane {
  private static final Comparator<Finding> FINDINGS =
      Comparator.comparing(Finding::model)
          .thenComparing(Finding::version)
          .thenComparing(Finding::subject)
          .thenComparing(Finding::kind)
          .thenComparing(Finding::level)
          .thenComparing(Finding::events);

  private static final Comparator<FleetMessage.Note> NOTES =
      Comparator.comparing(FleetMessage.Note::model).thenComparing(FleetMessage.Note::baselineId);

  final long endMillis;
  private final List<Finding> findings = new ArrayList<>();
  private final List<FleetMessage.Note> notes = new ArrayList<>();

  FleetPane(long endMillis) {
    this.endMillis = endMillis;
  }

  static String key(long endMillis) {
    return Long.toString(endMillis);
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  void add(FleetMessage.Note note) {
    notes.add(note);
  }

  /** In an order that does not depend on who told first. */
  List<Finding> findings() {
    return findings.stream().sorted(FINDINGS).toList();
  }

  /** In an order that does not depend on who told first. */
  List<FleetMessage.Note> notes() {
    return notes.stream().sorted(NOTES).toList();
  }

  static final StateCodec<FleetPane> CODEC =
      new StateCodec<>() {
        @Override
        public void write(FleetPane pane, StateWriter out) {
          out.writeLong(pane.endMillis).writeInt(pane.findings.size());
          pane.findings.forEach(finding -> out.writeBytes(FindingJson.toJson(finding)));
          out.writeInt(pane.notes.size());
          pane.notes.forEach(note -> FleetMessageSerde.writeNote(note, out));
        }

        @Override
        public FleetPane read(StateReader in) {
          FleetPane pane = new FleetPane(in.readLong());
          for (int left = in.readInt(); left > 0; left--) {
            pane.add(FindingJson.fromJson(in.readBytes()));
          }
          for (int left = in.readInt(); left > 0; left--) {
            pane.add(FleetMessageSerde.readNote(in));
          }
          return pane;
        }
      };
}
