package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.signal.TextObservation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a principal sent, as hashes: its last 64 distinct prompts, the keys of its first ten until
 * they are handed out, and its last 16 prompts with two tactics or more. Grows with what it holds.
 */
final class PromptMemory {
  private static final int MOST_RECENT = 64;
  private static final int MOST_ATTACKS = 16;
  private static final int KEYS = 4;
  private static final int SMALLEST = 4;
  private static final int[] NONE = {};

  private int[] recent = NONE;
  private int[] attacks = NONE;
  private int @Nullable [] firstKeys;
  private byte recentSize;
  private byte recentNext;
  private byte attackSize;
  private byte attackNext;
  private byte distinct;
  private byte severe;

  /** Whether the text is one of the last 64 distinct ones again. */
  boolean isRepeat(TextObservation text) {
    long fingerprint = text.fingerprint();
    return fingerprint != 0 && contains(recent, recentSize, 1, PromptKeys.hash(fingerprint));
  }

  private static boolean contains(int[] values, int size, int step, int value) {
    for (int i = 0; i < size * step; i += step) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** Notes a text that is no repeat; one without fingerprint cannot be told from others. */
  void add(TextObservation text) {
    if (text.fingerprint() == 0) {
      return;
    }
    int exact = PromptKeys.hash(text.fingerprint());
    int head = PromptKeys.hash(text.headFingerprint());
    boolean isAttack = ChatMeasures.isAttack(text.tactics());
    addRecent(exact);
    addFirst(exact, head, text, isAttack);
    if (isAttack && !contains(attacks, attackSize, 2, exact)) {
      addAttack(exact, head);
    }
  }

  private void addRecent(int exact) {
    recent = roomFor(recent, recentNext, MOST_RECENT);
    recent[recentNext] = exact;
    recentSize = (byte) Math.max(recentSize, recentNext + 1);
    recentNext = (byte) ((recentNext + 1) % MOST_RECENT);
  }

  private void addAttack(int exact, int head) {
    attacks = roomFor(attacks, 2 * attackNext, 2 * MOST_ATTACKS);
    attacks[2 * attackNext] = exact;
    attacks[2 * attackNext + 1] = head;
    attackSize = (byte) Math.max(attackSize, attackNext + 1);
    attackNext = (byte) ((attackNext + 1) % MOST_ATTACKS);
  }

  private void addFirst(int exact, int head, TextObservation text, boolean isAttack) {
    if (distinct == Adoption.PROMPTS) {
      firstKeys = null;
      return;
    }
    if (firstKeys == null) {
      firstKeys = new int[KEYS * Adoption.PROMPTS];
    }
    int at = KEYS * distinct;
    firstKeys[at] = exact;
    firstKeys[at + 1] = PromptKeys.hash(text.lineFingerprint());
    firstKeys[at + 2] = head;
    firstKeys[at + 3] = PromptKeys.hash(text.tailFingerprint());
    severe += (byte) (isAttack ? 1 : 0);
    distinct++;
  }

  private static int[] roomFor(int[] values, int index, int most) {
    return index < values.length
        ? values
        : Arrays.copyOf(values, Math.min(most, Math.max(SMALLEST, 2 * values.length)));
  }

  /** The first ten prompts, once, and only until the next distinct prompt comes. */
  Optional<Adoption> takeAdoption() {
    int[] keys = firstKeys;
    if (keys == null || distinct < Adoption.PROMPTS) {
      return Optional.empty();
    }
    List<PromptKeys> prompts = new ArrayList<>();
    for (int at = 0; at < keys.length; at += KEYS) {
      prompts.add(new PromptKeys(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]));
    }
    firstKeys = null;
    return Optional.of(new Adoption(prompts, severe));
  }

  List<AttackPrompt> attackPrompts() {
    List<AttackPrompt> prompts = new ArrayList<>();
    for (int i = 0; i < attackSize; i++) {
      prompts.add(new AttackPrompt(attacks[2 * i], attacks[2 * i + 1]));
    }
    return prompts;
  }

  void writeTo(StateWriter out) {
    out.writeByte(recentSize).writeByte(recentNext);
    writeInts(out, recent, recentSize);
    out.writeByte(attackSize).writeByte(attackNext);
    writeInts(out, attacks, 2 * attackSize);
    out.writeByte(distinct).writeByte(severe).writeBoolean(firstKeys != null);
    if (firstKeys != null) {
      writeInts(out, firstKeys, KEYS * distinct);
    }
  }

  private static void writeInts(StateWriter out, int[] values, int size) {
    for (int i = 0; i < size; i++) {
      out.writeInt(values[i]);
    }
  }

  static PromptMemory readFrom(StateReader in) {
    PromptMemory memory = new PromptMemory();
    memory.recentSize = within("recentSize", in.readByte(), MOST_RECENT);
    memory.recentNext = within("recentNext", in.readByte(), MOST_RECENT - 1);
    memory.recent = readInts(in, memory.recentSize, MOST_RECENT);
    memory.attackSize = within("attackSize", in.readByte(), MOST_ATTACKS);
    memory.attackNext = within("attackNext", in.readByte(), MOST_ATTACKS - 1);
    memory.attacks = readInts(in, 2 * memory.attackSize, 2 * MOST_ATTACKS);
    memory.distinct = within("distinct", in.readByte(), Adoption.PROMPTS);
    memory.severe = within("severe", in.readByte(), Adoption.PROMPTS);
    if (in.readBoolean()) {
      int[] keys = new int[KEYS * Adoption.PROMPTS];
      for (int i = 0; i < KEYS * memory.distinct; i++) {
        keys[i] = in.readInt();
      }
      memory.firstKeys = keys;
    }
    return memory;
  }

  private static int[] readInts(StateReader in, int size, int most) {
    int[] values = NONE;
    for (int i = 0; i < size; i++) {
      values = roomFor(values, i, most);
      values[i] = in.readInt();
    }
    return values;
  }

  private static byte within(String name, byte value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " must be in [0, " + most + "], was " + value);
    }
    return value;
  }
}
