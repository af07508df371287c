package io.inferwarden.app.message;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.detectors.chat.Adoption;
import io.inferwarden.detectors.chat.PromptKeys;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compact binary form of {@link CohortMessage}. */
public final class CohortMessageSerde extends MessageSerde<CohortMessage> {
  private static final int ARRIVED = 1;
  private static final int STANDING = 2;
  private static final int ADOPTED = 3;
  private static final int READY = 4;
  private static final int MOMENT = 5;

  @Override
  void write(CohortMessage message, StateWriter out) {
    if (message instanceof CohortMessage.Report report) {
      writeReport(report, out);
    } else if (message instanceof CohortMessage.Ready ready) {
      out.writeByte(READY).writeInt(ready.partition()).writeString(ready.baselineId());
    } else {
      CohortMessage.Moment moment = (CohortMessage.Moment) message;
      out.writeByte(MOMENT).writeInt(moment.partition()).writeLong(moment.timeMillis());
    }
  }

  @Override
  CohortMessage read(int type, StateReader in) {
    return switch (type) {
      case READY -> new CohortMessage.Ready(in.readInt(), in.readString());
      case MOMENT -> new CohortMessage.Moment(in.readInt(), in.readLong());
      default -> readReport(type, in);
    };
  }

  /** Writes a report; {@link #readReport(StateReader)} gives an equal one. */
  public static void writeReport(CohortMessage.Report report, StateWriter out) {
    if (report instanceof CohortMessage.Arrived arrived) {
      out.writeByte(ARRIVED);
      writeHead(report, out);
      out.writeNullableString(arrived.network());
    } else if (report instanceof CohortMessage.Standing standing) {
      out.writeByte(STANDING);
      writeHead(report, out);
      out.writeNullableString(standing.network());
      out.writeDouble(standing.logEvidence()).writeBoolean(standing.accused());
      writeFinding(standing.finding(), out);
      writeTraits(standing.traits(), out);
    } else {
      CohortMessage.Adopted adopted = (CohortMessage.Adopted) report;
      out.writeByte(ADOPTED);
      writeHead(report, out);
      out.writeNullableString(adopted.org());
      writeAdoption(adopted.adoption(), out);
    }
  }

  private static void writeHead(CohortMessage.Report report, StateWriter out) {
    out.writeString(report.baselineId()).writeString(report.principal());
    out.writeLong(report.timeMillis());
  }

  /** Reads what {@link #writeReport} wrote. */
  public static CohortMessage.Report readReport(StateReader in) {
    return readReport(in.readByte(), in);
  }

  private static CohortMessage.Report readReport(int type, StateReader in) {
    if (type != ARRIVED && type != STANDING && type != ADOPTED) {
      throw unknownType(type);
    }
    String baselineId = in.readString();
    String principal = in.readString();
    long timeMillis = in.readLong();
    String place = in.readNullableString();
    return switch (type) {
      case ARRIVED -> new CohortMessage.Arrived(baselineId, principal, place, timeMillis);
      case STANDING ->
          new CohortMessage.Standing(
              baselineId,
              principal,
              place,
              timeMillis,
              in.readDouble(),
              in.readBoolean(),
              readFinding(in),
              readTraits(in));
      default ->
          new CohortMessage.Adopted(baselineId, principal, place, timeMillis, readAdoption(in));
    };
  }

  private static void writeFinding(@Nullable Finding finding, StateWriter out) {
    out.writeBoolean(finding != null);
    if (finding != null) {
      out.writeBytes(FindingJson.toJson(finding));
    }
  }

  private static @Nullable Finding readFinding(StateReader in) {
    return in.readBoolean() ? FindingJson.fromJson(in.readBytes()) : null;
  }

  private static void writeTraits(CohortMessage.Traits traits, StateWriter out) {
    out.writeInt(traits.recent().length);
    for (float[] signal : traits.recent()) {
      out.writeInt(signal.length);
      for (float count : signal) {
        out.writeFloat(count);
      }
    }
    out.writeInt(traits.attackPrompts().length);
    for (int fingerprint : traits.attackPrompts()) {
      out.writeInt(fingerprint);
    }
  }

  private static CohortMessage.Traits readTraits(StateReader in) {
    float[][] recent = new float[in.readInt()][];
    for (int signal = 0; signal < recent.length; signal++) {
      recent[signal] = new float[in.readInt()];
      for (int bin = 0; bin < recent[signal].length; bin++) {
        recent[signal][bin] = in.readFloat();
      }
    }
    int[] attackPrompts = new int[in.readInt()];
    for (int i = 0; i < attackPrompts.length; i++) {
      attackPrompts[i] = in.readInt();
    }
    return new CohortMessage.Traits(recent, attackPrompts);
  }

  private static void writeAdoption(Adoption adoption, StateWriter out) {
    out.writeInt(adoption.attackPrompts()).writeInt(adoption.prompts().size());
    for (PromptKeys prompt : adoption.prompts()) {
      out.writeInt(prompt.exact()).writeInt(prompt.line());
      out.writeInt(prompt.head()).writeInt(prompt.tail());
    }
  }

  private static Adoption readAdoption(StateReader in) {
    int attackPrompts = in.readInt();
    List<PromptKeys> prompts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      prompts.add(new PromptKeys(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
    }
    return new Adoption(prompts, attackPrompts);
  }
}
