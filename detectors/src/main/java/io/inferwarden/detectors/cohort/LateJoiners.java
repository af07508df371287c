package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accounts outside a burst that use its private lines: two of them, three uses in all, and the
 * account belongs. The last {@value #MAXIMUM_ACCOUNTS} are remembered.
 */
final class LateJoiners {
  private static final int MAXIMUM_ACCOUNTS = 1024;
  private static final int LEAST_USES = 3;

  private record Pair(int burst, String account) {}

  private record Uses(int firstLine, boolean another, int count) {}

  private final LinkedHashMap<Pair, Uses> uses = new LinkedHashMap<>();

  /** Counts a use of a private line; whether the account belongs to the burst from now on. */
  boolean use(int burst, String account, int line) {
    Pair pair = new Pair(burst, account);
    Uses before = uses.remove(pair);
    Uses now =
        before == null
            ? new Uses(line, false, 1)
            : new Uses(
                before.firstLine(),
                before.another() || line != before.firstLine(),
                before.count() + 1);
    if (now.another() && now.count() >= LEAST_USES) {
      return true;
    }
    uses.put(pair, now);
    if (uses.size() > MAXIMUM_ACCOUNTS) {
      uses.remove(uses.keySet().iterator().next());
    }
    return false;
  }

  void writeTo(StateWriter writer) {
    writer.writeInt(uses.size());
    for (Map.Entry<Pair, Uses> entry : uses.entrySet()) {
      Uses own = entry.getValue();
      writer.writeInt(entry.getKey().burst()).writeString(entry.getKey().account());
      writer.writeInt(own.firstLine()).writeBoolean(own.another()).writeInt(own.count());
    }
  }

  static LateJoiners readFrom(StateReader reader) {
    LateJoiners joiners = new LateJoiners();
    for (int left = reader.readInt(); left > 0; left--) {
      Pair pair = new Pair(reader.readInt(), reader.readString());
      joiners.uses.put(pair, new Uses(reader.readInt(), reader.readBoolean(), reader.readInt()));
    }
    return joiners;
  }
}
