package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys that one account has adopted, and in which of its first prompts each occurs. */
final class AccountWording {
  /** Attack prompts among the first ones from which an account sends them: one may be a quote. */
  private static final int LEAST_ATTACKS = 2;

  private final String account;
  private final @Nullable String organisation;
  private final int tick;
  private final int promptCount;
  private final int[] keys;
  private final short[] promptsOfKey;

  private AccountWording(
      String account,
      @Nullable String organisation,
      int tick,
      int promptCount,
      int[] keys,
      short[] promptsOfKey) {
    this.account = account;
    this.organisation = organisation;
    this.tick = tick;
    this.promptCount = promptCount;
    this.keys = keys;
    this.promptsOfKey = promptsOfKey;
  }

  /**
   * @param adoption the account's first prompts; those whose text another account has sent before,
   *     gives no key except that of attack prompts
   * @param tick number of new accounts so far, this one included
   */
  static AccountWording of(
      Adoption adoption, int tick, FirstSenders firstSenders, RegisteredUse registered) {
    TreeMap<Integer, Integer> prompts = new TreeMap<>();
    boolean counts = !registered.covers(adoption.organisation());
    for (int i = 0; i < adoption.prompts().size(); i++) {
      PromptPrint prompt = adoption.prompts().get(i);
      boolean shared = firstSenders.sharedByAnother(prompt.exact(), adoption.account());
      if (counts) {
        addKeys(prompt, shared, 1 << i, prompts);
      }
    }
    if (Integer.bitCount(prompts.getOrDefault(WordingKey.ATTACK_PROMPT, 0)) < LEAST_ATTACKS) {
      prompts.remove(WordingKey.ATTACK_PROMPT);
    }
    int[] keys = new int[prompts.size()];
    short[] promptsOfKey = new short[prompts.size()];
    int next = 0;
    for (Map.Entry<Integer, Integer> entry : prompts.entrySet()) {
      keys[next] = entry.getKey();
      promptsOfKey[next] = entry.getValue().shortValue();
      next++;
    }
    return new AccountWording(
        adoption.account(),
        adoption.organisation(),
        tick,
        adoption.prompts().size(),
        keys,
        promptsOfKey);
  }

  private static void addKeys(
      PromptPrint prompt, boolean shared, int bit, Map<Integer, Integer> prompts) {
    if (!shared && prompt.line() != 0) {
      prompts.merge(WordingKey.line(prompt.line()), bit, (a, b) -> a | b);
    }
    if (!shared && prompt.head() != 0) {
      prompts.merge(WordingKey.head(prompt.head()), bit, (a, b) -> a | b);
    }
    if (!shared && prompt.tail() != 0) {
      prompts.merge(WordingKey.tail(prompt.tail()), bit, (a, b) -> a | b);
    }
    if (prompt.isAttack()) {
      prompts.merge(WordingKey.ATTACK_PROMPT, bit, (a, b) -> a | b);
    }
  }

  String account() {
    return account;
  }

  @Nullable String organisation() {
    return organisation;
  }

  int tick() {
    return tick;
  }

  int promptCount() {
    return promptCount;
  }

  int keyCount() {
    return keys.length;
  }

  int key(int index) {
    return keys[index];
  }

  /** One bit for each of the first prompts that holds the key; 0 when none does. */
  int promptsWith(int key) {
    int index = Arrays.binarySearch(keys, key);
    return index < 0 ? 0 : promptsOfKey[index];
  }

  void writeTo(StateWriter writer) {
    writer.writeString(account).writeNullableString(organisation).writeInt(tick);
    writer.writeByte(promptCount).writeByte(keys.length);
    for (int i = 0; i < keys.length; i++) {
      writer.writeInt(keys[i]).writeShort(promptsOfKey[i]);
    }
  }

  static AccountWording readFrom(StateReader reader) {
    String account = reader.readString();
    String organisation = reader.readNullableString();
    int tick = reader.readInt();
    int promptCount = reader.readByte();
    int[] keys = new int[Math.max(0, reader.readByte())];
    short[] promptsOfKey = new short[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = reader.readInt();
      promptsOfKey[i] = reader.readShort();
    }
    return new AccountWording(account, organisation, tick, promptCount, keys, promptsOfKey);
  }
}
