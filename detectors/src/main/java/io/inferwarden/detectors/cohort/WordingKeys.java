package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The keys that new accounts of one model have adopted lately, and which of them have alarmed.
 *
 * <p>The {@value #MAXIMUM_KEYS} adopted last are kept. An account adopts 31 at most, so a key is
 * kept for at least the 264 accounts after its last adopter, which is more than {@link
 * KeyBurst#MEMORY_TICKS}: a key that is not in the table has not been adopted for so long.
 */
final class WordingKeys {
  static final int MAXIMUM_KEYS = 8192;

  private static final int MAXIMUM_ALARMED = 512;

  private final double spend;
  private final LinkedHashMap<Integer, KeyBurst> bursts = new LinkedHashMap<>();
  private final LinkedHashMap<Integer, Integer> burstOfAlarmed = new LinkedHashMap<>();
  private int lastId;

  WordingKeys(double spend) {
    this.spend = spend;
  }

  /** A new account has adopted its keys; whether any of them is alarmed. */
  boolean adopt(AccountWording account) {
    boolean touched = false;
    for (int i = 0; i < account.keyCount(); i++) {
      int key = account.key(i);
      KeyBurst burst = bursts.remove(key);
      if (burst == null) {
        burst = new KeyBurst(account.tick());
      } else {
        burst.adopt(account.tick(), spend);
      }
      bursts.put(key, burst);
      if (burst.level() >= 1 && !burstOfAlarmed.containsKey(key)) {
        burstOfAlarmed.put(key, ++lastId);
      }
      touched |= burstOfAlarmed.containsKey(key);
    }
    while (burstOfAlarmed.size() > MAXIMUM_ALARMED) {
      forget(burstOfAlarmed.keySet().iterator().next());
    }
    while (bursts.size() > MAXIMUM_KEYS) {
      forget(bursts.keySet().iterator().next());
    }
    return touched;
  }

  private void forget(int key) {
    bursts.remove(key);
    burstOfAlarmed.remove(key);
  }

  /** The burst that each alarmed key belongs to, in the order of the alarms. */
  Map<Integer, Integer> burstOfAlarmed() {
    return burstOfAlarmed;
  }

  void regroup(SortedMap<Integer, List<Integer>> keysOfBurst) {
    keysOfBurst.forEach((id, keys) -> keys.forEach(key -> burstOfAlarmed.put(key, id)));
  }

  Set<Integer> burstsLeft() {
    return new TreeSet<>(burstOfAlarmed.values());
  }

  int size() {
    return bursts.size();
  }

  void writeTo(StateWriter writer) {
    writer.writeInt(lastId).writeInt(bursts.size());
    for (Map.Entry<Integer, KeyBurst> entry : bursts.entrySet()) {
      writer.writeInt(entry.getKey());
      entry.getValue().writeTo(writer);
    }
    writer.writeInt(burstOfAlarmed.size());
    burstOfAlarmed.forEach((key, id) -> writer.writeInt(key).writeInt(id));
  }

  static WordingKeys readFrom(StateReader reader, double spend) {
    WordingKeys keys = new WordingKeys(spend);
    keys.lastId = reader.readInt();
    for (int left = reader.readInt(); left > 0; left--) {
      int key = reader.readInt();
      keys.bursts.put(key, KeyBurst.readFrom(reader));
    }
    for (int left = reader.readInt(); left > 0; left--) {
      int key = reader.readInt();
      keys.burstOfAlarmed.put(key, reader.readInt());
    }
    return keys;
  }
}
