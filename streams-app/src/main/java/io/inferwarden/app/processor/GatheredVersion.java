package io.inferwarden.app.processor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which samples of one model version are kept: of each pane the {@link LearningPanes#PANE_SAMPLE}
 * smallest hashes, and all of the principals with the smallest hashes, as many of them as have at
 * most so many samples together. A principal that has once been left out could never come back,
 * since those before it only get more; so what is kept is the same in whatever order the samples
 * came.
 */
final class GatheredVersion {
  private static final Comparator<KeptSample> BY_HASH =
      Comparator.<KeptSample>comparingLong(kept -> kept.hash).thenComparing(kept -> kept.key);

  /** With nobody left out, the last of n hashes lies below 1 - 20 / n once in exp(20) times. */
  private static final double CERTAINLY_ALL = 20;

  private final int mostPrincipalSamples;
  private final TreeMap<Long, NavigableSet<KeptSample>> panes = new TreeMap<>();
  private final TreeMap<Long, List<KeptSample>> principals = new TreeMap<>();
  private int paneSamples;
  private int principalSamples;

  /** Event time of the first sample, kept or not. */
  long firstMillis = Long.MAX_VALUE;

  /** Number of the next sample's key. */
  long next;

  /** What the samples take on the heap. */
  long bytes;

  /** Whether memory ran short. */
  boolean isCut;

  /**
   * @param mostPrincipalSamples how many samples of principals are kept
   */
  GatheredVersion(int mostPrincipalSamples) {
    this.mostPrincipalSamples = mostPrincipalSamples;
  }

  boolean wantsOfPane(KeptSample sample) {
    NavigableSet<KeptSample> pane = panes.get(sample.paneStartMillis);
    return pane == null
        || pane.size() < LearningPanes.PANE_SAMPLE
        || sample.hash < pane.last().hash;
  }

  boolean wantsOfPrincipal(KeptSample sample) {
    return principalSamples < mostPrincipalSamples || sample.principalHash <= principals.lastKey();
  }

  /**
   * Keeps a sample, which may cost others a part that they play.
   *
   * @param dropped told of each sample that lost a part
   */
  void add(KeptSample sample, Consumer<KeptSample> dropped) {
    bytes += sample.bytes;
    if (sample.isOfPane) {
      NavigableSet<KeptSample> pane =
          panes.computeIfAbsent(sample.paneStartMillis, start -> new TreeSet<>(BY_HASH));
      pane.add(sample);
      paneSamples++;
      if (pane.size() > LearningPanes.PANE_SAMPLE) {
        dropLastOf(pane, dropped);
      }
    }
    if (sample.isOfPrincipal) {
      principals.computeIfAbsent(sample.principalHash, hash -> new ArrayList<>()).add(sample);
      principalSamples++;
      if (principalSamples > mostPrincipalSamples) {
        dropLastPrincipal(dropped);
      }
    }
  }

  /**
   * Gives up the largest hash of what there is most of: a principal, or an event of the pane that
   * has most.
   *
   * @return how many samples lost a part
   */
  int giveUp(Consumer<KeptSample> dropped) {
    isCut = true;
    if (principalSamples > paneSamples) {
      return dropLastPrincipal(dropped);
    }
    NavigableSet<KeptSample> fullest =
        panes.values().stream().max(Comparator.comparingInt(NavigableSet::size)).orElseThrow();
    dropLastOf(fullest, dropped);
    return 1;
  }

  private void dropLastOf(NavigableSet<KeptSample> pane, Consumer<KeptSample> dropped) {
    KeptSample last = pane.last();
    pane.remove(last);
    paneSamples--;
    last.isOfPane = false;
    drop(last, dropped);
    if (pane.isEmpty()) {
      panes.remove(last.paneStartMillis);
    }
  }

  private int dropLastPrincipal(Consumer<KeptSample> dropped) {
    Map.Entry<Long, List<KeptSample>> last = principals.pollLastEntry();
    List<KeptSample> samples = last.getValue();
    principalSamples -= samples.size();
    for (KeptSample sample : samples) {
      sample.isOfPrincipal = false;
      drop(sample, dropped);
    }
    return samples.size();
  }

  private void drop(KeptSample sample, Consumer<KeptSample> dropped) {
    if (!sample.isOfPane && !sample.isOfPrincipal) {
      bytes -= sample.bytes;
    }
    dropped.accept(sample);
  }

  /**
   * Share of the version's principals whose samples are kept, in (0, 1]. Hashes lie evenly, so of
   * {@code n} principals of which the last lies at {@code u} in (0, 1) there are {@code (n - 1) /
   * u} in all, with a relative error of {@code 1 / sqrt(n - 2)} (the k minimum values of Bar-Yossef
   * et al. 2002, doi:10.1007/3-540-45726-7_1). So it is known after a restart, and whoever left
   * principals out.
   */
  double principalShare() {
    int kept = principals.size();
    if (kept <= CERTAINLY_ALL) {
      return 1;
    }
    double reached = 0.5 + principals.lastKey() * 0x1p-64;
    return reached > 1 - CERTAINLY_ALL / kept ? 1 : reached * kept / (kept - 1);
  }

  /** All that is kept, each once. */
  Stream<KeptSample> samples() {
    return Stream.concat(
        principals.values().stream().flatMap(List::stream),
        panes.values().stream()
            .flatMap(NavigableSet::stream)
            .filter(sample -> !sample.isOfPrincipal));
  }
}
