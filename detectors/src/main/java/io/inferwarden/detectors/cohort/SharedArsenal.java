package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * Accused accounts of one chat model that use the same attack prompts. Two that share two
 * fingerprints (of whole texts or of first words) of prompts with two tactics are of one group, and
 * so are those that share with one of them. It only groups those who are accused, so it is no
 * evidence and costs no budget.
 *
 * <p>The last {@value #MAXIMUM_ACCOUNTS} accounts are remembered, with the first {@value
 * #MAXIMUM_PRINTS} fingerprints of each. Mutable, not thread-safe, deterministic.
 */
public final class SharedArsenal {
  /** Accounts remembered. */
  public static final int MAXIMUM_ACCOUNTS = 1024;

  /** Fingerprints of an account remembered. */
  public static final int MAXIMUM_PRINTS = 64;

  private static final int VERSION = 1;
  private static final int SHARED_PRINTS = 2;

  private static final class Sender {
    private int group;
    private final TreeSet<Integer> prints = new TreeSet<>();

    Sender(int group) {
      this.group = group;
    }

    boolean sharesWith(Sender other) {
      int shared = 0;
      for (int print : prints) {
        shared += other.prints.contains(print) ? 1 : 0;
      }
      return shared >= SHARED_PRINTS;
    }
  }

  private final LinkedHashMap<String, Sender> senders = new LinkedHashMap<>();
  private int lastGroup;

  /**
   * An account is accused, or has sent more.
   *
   * @param account its name
   * @param prints fingerprints of its attack prompts, as many as are remembered of it; 0 is none
   */
  public void accuse(String account, int[] prints) {
    Sender sender = senders.remove(account);
    if (sender == null) {
      sender = new Sender(++lastGroup);
    }
    senders.put(account, sender);
    if (senders.size() > MAXIMUM_ACCOUNTS) {
      senders.remove(senders.keySet().iterator().next());
    }
    int before = sender.prints.size();
    for (int print : prints) {
      if (print != 0 && sender.prints.size() < MAXIMUM_PRINTS) {
        sender.prints.add(print);
      }
    }
    if (sender.prints.size() > before) {
      join(sender);
    }
  }

  private void join(Sender sender) {
    TreeSet<Integer> joined = new TreeSet<>();
    joined.add(sender.group);
    for (Sender other : senders.values()) {
      if (!joined.contains(other.group) && sender.sharesWith(other)) {
        joined.add(other.group);
      }
    }
    for (Sender each : senders.values()) {
      if (joined.contains(each.group)) {
        each.group = joined.first();
      }
    }
  }

  /** The number of an account's group, which may be of one account; 0 when it is not accused. */
  public int groupOf(String account) {
    Sender sender = senders.get(account);
    return sender == null ? 0 : sender.group;
  }

  /** The accounts of a group, in the order of their names. */
  public List<String> accounts(int group) {
    List<String> accounts = new ArrayList<>();
    senders.forEach(
        (account, sender) -> {
          if (sender.group == group) {
            accounts.add(account);
          }
        });
    accounts.sort(null);
    return accounts;
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeInt(lastGroup).writeInt(senders.size());
    senders.forEach(
        (account, sender) -> {
          writer.writeString(account).writeInt(sender.group).writeByte(sender.prints.size());
          sender.prints.forEach(writer::writeInt);
        });
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of another version
   */
  public static SharedArsenal readFrom(StateReader reader) {
    Versions.require(VERSION, reader.readByte());
    SharedArsenal arsenal = new SharedArsenal();
    arsenal.lastGroup = reader.readInt();
    for (int left = reader.readInt(); left > 0; left--) {
      String account = reader.readString();
      Sender sender = new Sender(reader.readInt());
      for (int prints = reader.readByte(); prints > 0; prints--) {
        sender.prints.add(reader.readInt());
      }
      arsenal.senders.put(account, sender);
    }
    return arsenal;
  }
}
