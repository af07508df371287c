package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** A burst as it was told last, with the lines that only its members use. */
record OpenBurst(Burst latest, List<Integer> privateLines) {

  void writeTo(StateWriter writer) {
    writer.writeInt(latest.id()).writeString(latest.kind().name());
    writer.writeNullableString(latest.organisation());
    writer.writeInt(latest.wordings()).writeDouble(latest.carried());
    writer.writeInt(latest.members().size());
    for (Burst.Member member : latest.members()) {
      writer.writeString(member.account()).writeDouble(member.posterior());
    }
    writer.writeInt(latest.lateJoiners().size());
    latest.lateJoiners().forEach(writer::writeString);
    writer.writeInt(privateLines.size());
    privateLines.forEach(writer::writeInt);
  }

  static OpenBurst readFrom(StateReader reader) {
    int id = reader.readInt();
    Burst.Kind kind = Burst.Kind.valueOf(reader.readString());
    String organisation = reader.readNullableString();
    int wordings = reader.readInt();
    double carried = reader.readDouble();
    List<Burst.Member> members = new ArrayList<>();
    for (int left = reader.readInt(); left > 0; left--) {
      members.add(new Burst.Member(reader.readString(), reader.readDouble()));
    }
    List<String> lateJoiners = new ArrayList<>();
    for (int left = reader.readInt(); left > 0; left--) {
      lateJoiners.add(reader.readString());
    }
    List<Integer> lines = new ArrayList<>();
    for (int left = reader.readInt(); left > 0; left--) {
      lines.add(reader.readInt());
    }
    return new OpenBurst(
        new Burst(id, List.of(), kind, organisation, members, lateJoiners, wordings, carried),
        lines);
  }
}
