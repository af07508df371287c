package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rings of accounts that differ from nobody one by one, for one chat model: many new accounts that
 * take up the same wording, each with work of its own.
 *
 * <p>The model's clock ticks when an account sends its tenth distinct prompt. It has then adopted
 * the last lines, first words and last words of those prompts whose text no other account had sent
 * before (shared content does not count), and "attack prompts" if two show two tactics each. Each
 * key is watched by {@link KeyBurst}; alarmed keys with the same adopters are one {@link Burst},
 * whose members are named again at every account that adopts one of its keys. What is told is the
 * whole burst as it looks then. Formulas: {@code KeyBurst}, {@code BurstNaming}, {@code
 * BurstMembers}.
 *
 * <p>Null hypothesis: adopters of a wording come in exchangeable order. It needs no baseline. It
 * does not hold when honest accounts take something up together, so a class, a launch or a new
 * client makes a burst, too. It is told apart by {@link RegisteredUse}, by its organisation, and by
 * its single template; a launch of several templates across unregistered organisations is taken for
 * a ring. A ring with one template, of one organisation, that trickles in, or of under about ten
 * accounts is not accused.
 *
 * <p>False alarms: at most {@code spend} a key and new account, which with {@code KEYS} keys kept
 * and a budget of {@code b} false bursts a week at {@code a} new accounts a week is {@code b / (a
 * KEYS)}. The promise holds while arrivals are exchangeable.
 *
 * <p>Bounds: 8,192 keys, 65,536 texts, the last {@value #MAXIMUM_ACCOUNTS} accounts; about 3 MB.
 * Mutable, not thread-safe, deterministic. Cost of an account outside a burst: 31 keys of at most
 * 200 steps; inside, a few passes over the accounts.
 */
public final class AdoptionBursts {
  /** Keys that are watched at a time. */
  public static final int KEYS = WordingKeys.MAXIMUM_KEYS;

  /** Accounts whose keys are remembered. */
  public static final int MAXIMUM_ACCOUNTS = 4096;

  /** The spend of the study: 0.05 false bursts in 8,000 keys and 200 accounts. */
  static final double USUAL_SPEND = 3e-8;

  private static final int VERSION = 1;
  private static final int FEWEST_MEMBERS = 3;

  private final RegisteredUse registered;
  private final LinkedHashMap<String, AccountWording> accounts;
  private final FirstSenders firstSenders;
  private final WordingKeys keys;
  private final TreeMap<Integer, OpenBurst> open = new TreeMap<>();
  private final LateJoiners lateJoiners;
  private int tick;

  /**
   * @param spend false bursts that one key may cost at one new account, &gt; 0
   * @param registered use that is declared by a policy
   */
  public AdoptionBursts(double spend, RegisteredUse registered) {
    this(registered, new FirstSenders(), new WordingKeys(required(spend)), new LateJoiners());
  }

  private AdoptionBursts(
      RegisteredUse registered,
      FirstSenders firstSenders,
      WordingKeys keys,
      LateJoiners lateJoiners) {
    this.registered = registered;
    this.accounts = new LinkedHashMap<>();
    this.firstSenders = firstSenders;
    this.keys = keys;
    this.lateJoiners = lateJoiners;
  }

  private static double required(double spend) {
    if (!(spend > 0)) {
      throw new IllegalArgumentException("spend must be > 0, was " + spend);
    }
    return spend;
  }

  /**
   * A new account has sent its first prompts. An account that is remembered is not new: it changes
   * nothing.
   *
   * @return the bursts that the account touches, as they look now
   */
  public List<Burst> hear(Adoption adoption) {
    if (accounts.containsKey(adoption.account())) {
      return List.of();
    }
    AccountWording account = AccountWording.of(adoption, ++tick, firstSenders, registered);
    accounts.put(account.account(), account);
    if (accounts.size() > MAXIMUM_ACCOUNTS) {
      accounts.remove(accounts.keySet().iterator().next());
    }
    boolean touched = keys.adopt(account);
    open.keySet().retainAll(keys.burstsLeft());
    List<Burst> told = touched ? nameAgain(account) : new ArrayList<>();
    for (PromptPrint prompt : adoption.prompts()) {
      hearLine(adoption.account(), prompt.line())
          .ifPresent(
              burst -> {
                told.removeIf(other -> other.id() == burst.id());
                told.add(burst);
              });
    }
    return List.copyOf(told);
  }

  private List<Burst> nameAgain(AccountWording account) {
    SortedMap<Integer, List<Integer>> groups =
        BurstGroups.of(keys.burstOfAlarmed(), accounts.values());
    SortedMap<Integer, List<Integer>> merged = mergedInto(groups);
    keys.regroup(groups);
    List<AccountWording> everybody = new ArrayList<>(accounts.values());
    List<Burst> told = new ArrayList<>();
    groups.forEach(
        (id, burstKeys) -> {
          if (burstKeys.stream().anyMatch(key -> account.promptsWith(key) != 0)) {
            BurstMembers named = BurstMembers.of(burstKeys, everybody);
            if (named.members().size() >= FEWEST_MEMBERS) {
              told.add(tell(id, merged.getOrDefault(id, List.of()), named, everybody));
            }
          }
        });
    return told;
  }

  /** For each burst, those that were told under another id and are part of it now. */
  private SortedMap<Integer, List<Integer>> mergedInto(SortedMap<Integer, List<Integer>> groups) {
    SortedMap<Integer, List<Integer>> merged = new TreeMap<>();
    groups.forEach(
        (id, burstKeys) -> {
          for (int key : burstKeys) {
            int before = keys.burstOfAlarmed().getOrDefault(key, id);
            if (before != id && open.containsKey(before)) {
              List<Integer> absorbed = merged.computeIfAbsent(id, kept -> new ArrayList<>());
              if (!absorbed.contains(before)) {
                absorbed.add(before);
              }
            }
          }
        });
    return merged;
  }

  private Burst tell(
      int id, List<Integer> absorbed, BurstMembers named, List<AccountWording> everybody) {
    List<String> late = new ArrayList<>();
    addLateJoiners(id, named, late);
    for (int other : absorbed) {
      addLateJoiners(other, named, late);
      open.remove(other);
    }
    Burst burst =
        new Burst(
            id,
            absorbed,
            named.kind(),
            named.organisation(),
            named.members(),
            late,
            named.wordings(),
            named.carried());
    open.put(id, new OpenBurst(burst, named.privateLines(everybody)));
    return burst;
  }

  private void addLateJoiners(int id, BurstMembers named, List<String> late) {
    OpenBurst before = open.get(id);
    if (before != null) {
      for (String account : before.latest().lateJoiners()) {
        boolean member = named.members().stream().anyMatch(m -> m.account().equals(account));
        if (!member && !late.contains(account)) {
          late.add(account);
        }
      }
    }
  }

  /**
   * A prompt of any account ends with the line. Whoever uses two private lines of a ring, three
   * uses in all, belongs to it.
   *
   * @param account its name
   * @param lineFingerprint as in {@link PromptPrint#line}; 0 is no line
   * @return the burst with its new member, if the account joins one now
   */
  Optional<Burst> hearLine(String account, long lineFingerprint) {
    if (open.isEmpty() || lineFingerprint == 0) {
      return Optional.empty();
    }
    Optional<OpenBurst> user = burstWithLine(lineFingerprint);
    if (user.isEmpty() || user.get().latest().names(account)) {
      return Optional.empty();
    }
    Burst before = user.get().latest();
    if (!lateJoiners.use(before.id(), account, WordingKey.line(lineFingerprint))) {
      return Optional.empty();
    }
    List<String> late = new ArrayList<>(before.lateJoiners());
    late.add(account);
    Burst now = before.with(late);
    open.put(now.id(), new OpenBurst(now, user.get().privateLines()));
    return Optional.of(now);
  }

  private Optional<OpenBurst> burstWithLine(long lineFingerprint) {
    int line = WordingKey.line(lineFingerprint);
    for (OpenBurst burst : open.values()) {
      if (burst.latest().kind().accuses() && burst.privateLines().contains(line)) {
        return Optional.of(burst);
      }
    }
    return Optional.empty();
  }

  /** Number of new accounts so far. */
  int accountsSeen() {
    return tick;
  }

  /** Number of keys that are watched now, at most {@link #KEYS}. */
  int keysWatched() {
    return keys.size();
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeInt(tick);
    writer.writeInt(accounts.size());
    accounts.values().forEach(account -> account.writeTo(writer));
    firstSenders.writeTo(writer);
    keys.writeTo(writer);
    writer.writeInt(open.size());
    open.values().forEach(burst -> burst.writeTo(writer));
    lateJoiners.writeTo(writer);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param spend as in the constructor
   * @param registered as in the constructor; may have changed since
   * @throws IllegalArgumentException when the bytes are of another version
   */
  public static AdoptionBursts readFrom(
      StateReader reader, double spend, RegisteredUse registered) {
    Versions.require(VERSION, reader.readByte());
    int tick = reader.readInt();
    Map<String, AccountWording> accounts = new LinkedHashMap<>();
    for (int left = reader.readInt(); left > 0; left--) {
      AccountWording account = AccountWording.readFrom(reader);
      accounts.put(account.account(), account);
    }
    FirstSenders firstSenders = FirstSenders.readFrom(reader);
    WordingKeys keys = WordingKeys.readFrom(reader, required(spend));
    List<OpenBurst> open = new ArrayList<>();
    for (int left = reader.readInt(); left > 0; left--) {
      open.add(OpenBurst.readFrom(reader));
    }
    AdoptionBursts bursts =
        new AdoptionBursts(registered, firstSenders, keys, LateJoiners.readFrom(reader));
    bursts.tick = tick;
    bursts.accounts.putAll(accounts);
    open.forEach(burst -> bursts.open.put(burst.latest().id(), burst));
    return bursts;
  }
}
