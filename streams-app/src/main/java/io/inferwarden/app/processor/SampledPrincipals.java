package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DuplicateWindow;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The principals of a partition whose events join the learning samples, and how many of each have.
 * They are bounded over all models; past the bound, the model that has most gives up the one with
 * the largest hash. So no model crowds out another, and who is chosen is a matter of hashes, not of
 * who came first.
 */
final class SampledPrincipals {
  private static final char SEPARATOR = '\u001f';

  private record Chosen(long hash, String key) {
    static final Comparator<Chosen> ORDER =
        Comparator.comparingLong(Chosen::hash).thenComparing(Chosen::key);
  }

  private final ObjectStore<Long> counts;
  private final int maximum;
  private final Map<String, NavigableSet<Chosen>> chosenByModel = new TreeMap<>();

  SampledPrincipals(ObjectStore<Long> counts, int maximum) {
    this.counts = counts;
    this.maximum = maximum;
    for (String key : counts.sortedKeys()) {
      String[] names = key.split(String.valueOf(SEPARATOR), 3);
      ofModel(names[0]).add(new Chosen(DuplicateWindow.hash(names[1]), key));
    }
  }

  private NavigableSet<Chosen> ofModel(String model) {
    return chosenByModel.computeIfAbsent(model, name -> new TreeSet<>(Chosen.ORDER));
  }

  /**
   * Counts an event of a principal.
   *
   * @param part of the learning time that has a sample of its own, or the empty text
   * @param most events of a principal and part that are sampled
   * @return which of its sampled events this is, from 1; 0 when it is none
   */
  int next(String model, String principal, String part, int most) {
    String key = model + SEPARATOR + principal + (part.isEmpty() ? "" : SEPARATOR + part);
    Long before = counts.get(key);
    if (before == null) {
      Chosen chosen = new Chosen(DuplicateWindow.hash(principal), key);
      if (counts.size() >= maximum && !hasRoomFor(model, chosen)) {
        return 0;
      }
      ofModel(model).add(chosen);
    } else if (before >= most) {
      return 0;
    }
    long ordinal = before == null ? 1 : before + 1;
    counts.put(key, ordinal);
    return (int) ordinal;
  }

  /** Makes room where the model that has most can give up one that comes after this one. */
  private boolean hasRoomFor(String model, Chosen chosen) {
    NavigableSet<Chosen> own = ofModel(model);
    NavigableSet<Chosen> most =
        chosenByModel.values().stream()
            .max(Comparator.comparingInt(NavigableSet::size))
            .orElseThrow();
    boolean isOwnLarge = own.size() == most.size();
    if (isOwnLarge && (own.isEmpty() || Chosen.ORDER.compare(chosen, own.last()) > 0)) {
      return false;
    }
    NavigableSet<Chosen> gives = isOwnLarge ? own : most;
    Chosen last = gives.last();
    gives.remove(last);
    counts.delete(last.key());
    return true;
  }

  /** Forgets the principals of a model. */
  void forget(String model) {
    NavigableSet<Chosen> chosen = chosenByModel.remove(model);
    if (chosen != null) {
      chosen.forEach(one -> counts.delete(one.key()));
    }
  }
}
