package io.inferwarden.app.message;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A format version, the type of message, then its fields. */
abstract class MessageSerde<M> implements Serde<M> {
  static final int PROGRESS = 0;
  private static final int FORMAT_VERSION = 1;

  abstract void write(M message, StateWriter out);

  abstract M read(int type, StateReader in);

  @Override
  public Serializer<M> serializer() {
    return (topic, message) -> {
      StateWriter out = new StateWriter();
      out.writeByte(FORMAT_VERSION);
      write(message, out);
      return out.toBytes();
    };
  }

  @Override
  public Deserializer<M> deserializer() {
    return (topic, bytes) -> {
      try {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (NewerFormatException.isNewer(version, FORMAT_VERSION)) {
          throw new NewerFormatException("A record of " + topic, version, FORMAT_VERSION);
        }
        if (version != FORMAT_VERSION) {
          throw new SerializationException(
              topic + ": expected format version " + FORMAT_VERSION + ", found " + version);
        }
        return read(in.readByte(), in);
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        throw new SerializationException(topic + ": not a message of this platform", e);
      }
    };
  }

  static void writeProgress(Progress progress, StateWriter out) {
    out.writeByte(PROGRESS).writeInt(progress.partition()).writeLong(progress.watermarkMillis());
    out.writeInt(progress.firstSeenMillis().size());
    new TreeMap<>(progress.firstSeenMillis())
        .forEach((model, millis) -> out.writeString(model).writeLong(millis));
    out.writeInt(progress.activePanesMillis().size());
    new TreeSet<>(progress.activePanesMillis()).forEach(out::writeLong);
  }

  static Progress readProgress(StateReader in) {
    int partition = in.readInt();
    long watermark = in.readLong();
    Map<String, Long> firstSeen = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      firstSeen.put(in.readString(), in.readLong());
    }
    Set<Long> activePanes = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      activePanes.add(in.readLong());
    }
    return new Progress(partition, watermark, firstSeen, activePanes);
  }

  static IllegalArgumentException unknownType(int type) {
    return new IllegalArgumentException("unknown message type " + type);
  }
}
