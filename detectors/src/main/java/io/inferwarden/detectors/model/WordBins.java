package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bins of a category: its 20 most frequent values, OTHER (seen in learning, not frequent), NEW
 * (never seen), missing. At most 4096 values are remembered as seen, the most frequent ones; the
 * rest count as NEW, in learning as later.
 */
final class WordBins implements SignalBins {
  static final int MOST_SEEN = 4096;
  private static final int FREQUENT = 20;
  private static final int SHOWN_CHARACTERS = 60;

  private final String[] frequent;

  /** Hashes of the seen values, sorted, and the bin of each. */
  private final long[] seen;

  private final byte[] binOfSeen;

  /** Values seen once: what the next learning period would find new. */
  private final double once;

  private final double movedFromOther;

  private WordBins(
      String[] frequent, long[] seen, byte[] binOfSeen, double once, double movedFromOther) {
    this.frequent = frequent;
    this.seen = seen;
    this.binOfSeen = binOfSeen;
    this.once = once;
    this.movedFromOther = movedFromOther;
  }

  /** A value of the learning period, and how often it was seen. */
  private static final class Seen {
    private final String word;
    private final long hash;
    private int count;

    Seen(String word, long hash) {
      this.word = word;
      this.hash = hash;
    }
  }

  /** Counts values in the order in which they come. */
  static final class Learner {
    private final Map<Long, Seen> byHash = new LinkedHashMap<>();

    void add(double number, @Nullable String word) {
      if (word == null && Double.isNaN(number)) {
        return;
      }
      long hash = word != null ? WordHash.of(word) : WordHash.of(number);
      Seen entry = byHash.get(hash);
      if (entry == null) {
        entry = new Seen(word != null ? shown(word) : Double.toString(number), hash);
        byHash.put(hash, entry);
      }
      entry.count++;
    }

    /** The bins; equally frequent values rank in the order of their first appearance. */
    WordBins bins() {
      List<Seen> ranked = new ArrayList<>(byHash.values());
      ranked.sort(Comparator.comparingInt((Seen entry) -> entry.count).reversed());
      List<Seen> kept = ranked.subList(0, Math.min(ranked.size(), MOST_SEEN));
      int top = Math.min(kept.size(), FREQUENT);
      String[] frequent = new String[top];
      Map<Long, Integer> bins = new LinkedHashMap<>();
      int once = 0;
      int other = 0;
      for (int i = 0; i < kept.size(); i++) {
        Seen entry = kept.get(i);
        bins.put(entry.hash, Math.min(i, top));
        once += entry.count == 1 ? 1 : 0;
        other += i < top ? 0 : entry.count;
        if (i < top) {
          frequent[i] = entry.word;
        }
      }
      long[] seen = bins.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      byte[] binOfSeen = new byte[seen.length];
      for (int i = 0; i < seen.length; i++) {
        binOfSeen[i] = Objects.requireNonNull(bins.get(seen[i])).byteValue();
      }
      return new WordBins(frequent, seen, binOfSeen, once, Math.min(once, other));
    }
  }

  @Override
  public int size() {
    return frequent.length + 3;
  }

  private int otherBin() {
    return frequent.length;
  }

  private int newBin() {
    return frequent.length + 1;
  }

  @Override
  public int bin(double number, @Nullable String word) {
    if (word == null && Double.isNaN(number)) {
      return missingBin();
    }
    int at = Arrays.binarySearch(seen, word != null ? WordHash.of(word) : WordHash.of(number));
    return at < 0 ? newBin() : binOfSeen[at];
  }

  @Override
  public boolean isWrongType(double number, @Nullable String word, int bin) {
    return word == null && bin == newBin();
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public String binName(String signal, int bin) {
    if (bin == missingBin()) {
      return "missing";
    }
    if (bin == newBin()) {
      return "NEW value";
    }
    return bin == otherBin() ? "other known value" : signal + " = " + frequent[bin];
  }

  /**
   * Good-Turing: what was seen once foretells what is new, and stands for less of OTHER.
   *
   * <p>Good, "The population frequencies of species and the estimation of population parameters",
   * Biometrika 40, 1953, doi:10.1093/biomet/40.3-4.237.
   */
  @Override
  public double[] unseen() {
    double[] unseen = new double[size()];
    unseen[newBin()] = once;
    unseen[otherBin()] = -movedFromOther;
    return unseen;
  }

  @Override
  public void writeTo(StateWriter writer) {
    writer.writeBoolean(false).writeByte(frequent.length);
    for (String word : frequent) {
      writer.writeString(word);
    }
    writer.writeDouble(once).writeDouble(movedFromOther).writeInt(seen.length);
    for (long hash : seen) {
      writer.writeLong(hash);
    }
    writer.writeBytes(binOfSeen);
  }

  static WordBins readFrom(StateReader reader) {
    String[] frequent = new String[reader.readByte()];
    for (int i = 0; i < frequent.length; i++) {
      frequent[i] = reader.readString();
    }
    double once = reader.readDouble();
    double movedFromOther = reader.readDouble();
    int count = reader.readInt();
    if (count < 0 || count > MOST_SEEN) {
      throw new IllegalArgumentException(
          "seen values must be in [0, " + MOST_SEEN + "], was " + count);
    }
    long[] seen = new long[count];
    for (int i = 0; i < count; i++) {
      seen[i] = reader.readLong();
    }
    return new WordBins(frequent, seen, reader.readBytes(), once, movedFromOther);
  }

  private static String shown(String word) {
    return word.length() <= SHOWN_CHARACTERS ? word : word.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
