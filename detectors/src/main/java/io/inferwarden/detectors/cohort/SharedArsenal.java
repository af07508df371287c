package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Accused accounts of one chat model that use the same attack prompts. Two that share two
 * fingerprints (of whole texts or of first words) of prompts with two tactics are of one group, and
 * so are those that share with one of them; a group has three accounts at least. It only groups
 * those who are accused, so it is no evidence and costs no budget.
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
  private static final int FEWEST_ACCOUNTS = 3;

  /**
   * Accounts that share attack prompts.
   *
   * @param id number of the group, &gt; 0
   * @param absorbed numbers of groups that are part of this one from now on
   * @param accounts by name, in their order
   */
  public record Group(int id, List<Integer> absorbed, List<String> accounts) {
    public Group {
      absorbed = List.copyOf(absorbed);
      accounts = List.copyOf(accounts);
    }
  }

  private static final class Sender {
    private int group;
    private final TreeSet<Long> prints = new TreeSet<>();

    Sender(int group) {
      this.group = group;
    }

    boolean sharesWith(Sender other) {
      int shared = 0;
      for (long print : prints) {
        shared += other.prints.contains(print) ? 1 : 0;
      }
      return shared >= SHARED_PRINTS;
    }
  }

  private final LinkedHashMap<String, Sender> senders = new LinkedHashMap<>();
  private int lastGroup;

  /**
   * An accused account has sent a prompt; one with fewer than two tactics changes nothing.
   *
   * @param account its name
   * @param prompt what is kept of it
   * @return the account's group, if it has grown by this
   */
  public Optional<Group> add(String account, PromptPrint prompt) {
    if (!prompt.isAttack()) {
      return Optional.empty();
    }
    Sender sender = senders.remove(account);
    if (sender == null) {
      sender = new Sender(++lastGroup);
    }
    senders.put(account, sender);
    if (senders.size() > MAXIMUM_ACCOUNTS) {
      senders.remove(senders.keySet().iterator().next());
    }
    int before = sender.prints.size();
    remember(prompt.exact(), sender);
    remember(prompt.head(), sender);
    return sender.prints.size() > before ? join(sender) : Optional.empty();
  }

  private static void remember(long print, Sender sender) {
    if (print != 0 && sender.prints.size() < MAXIMUM_PRINTS) {
      sender.prints.add(print);
    }
  }

  private Optional<Group> join(Sender sender) {
    TreeSet<Integer> joined = new TreeSet<>();
    joined.add(sender.group);
    for (Sender other : senders.values()) {
      if (!joined.contains(other.group) && sender.sharesWith(other)) {
        joined.add(other.group);
      }
    }
    if (joined.size() == 1) {
      return Optional.empty();
    }
    int group = joined.first();
    List<String> accounts = new ArrayList<>();
    for (Map.Entry<String, Sender> entry : senders.entrySet()) {
      if (joined.contains(entry.getValue().group)) {
        entry.getValue().group = group;
        accounts.add(entry.getKey());
      }
    }
    if (accounts.size() < FEWEST_ACCOUNTS) {
      return Optional.empty();
    }
    accounts.sort(null);
    return Optional.of(new Group(group, new ArrayList<>(joined.tailSet(group, false)), accounts));
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeInt(lastGroup).writeInt(senders.size());
    senders.forEach(
        (account, sender) -> {
          writer.writeString(account).writeInt(sender.group).writeByte(sender.prints.size());
          sender.prints.forEach(writer::writeLong);
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
        sender.prints.add(reader.readLong());
      }
      arsenal.senders.put(account, sender);
    }
    return arsenal;
  }
}
