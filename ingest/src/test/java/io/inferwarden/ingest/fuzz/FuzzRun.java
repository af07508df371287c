package io.inferwarden.ingest.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives many inputs to one parser and fails, with the input in the message, where the parser throws
 * what its contract does not name, hangs, or takes too much memory. Inputs that reach an outcome
 * that no other has are changed further, in this run, and written into the corpus when the system
 * property {@code inferwarden.fuzz.keep} is set.
 */
public final class FuzzRun {
  private static final long SEED = Long.getLong("inferwarden.fuzz.seed", 20_260_302L);
  private static final boolean KEEPS = Boolean.getBoolean("inferwarden.fuzz.keep");

  /** No input takes a hundredth of it; a machine that is busy may need a while. */
  private static final long HANG_MILLIS = 30_000;

  private static final long MOST_ALLOCATED_BYTES = 24L << 20;
  private static final long MOST_ALLOCATED_EACH_BYTE = 2000;
  private static final long MOST_GROWTH_BYTES = 32L << 20;
  private static final int MOST_FOUND = 500;

  private final FuzzTarget target;
  private final Corpus corpus;
  private final Map<String, Integer> lengths = new HashMap<>();
  private final Set<String> ofThisInput = new HashSet<>();
  private volatile byte[] input = new byte[0];
  private final AtomicLong done = new AtomicLong();
  private volatile Throwable failure;
  private long mostAllocated;

  private FuzzRun(FuzzTarget target) {
    this.target = target;
    this.corpus = new Corpus(target.share());
  }

  /** Gives the corpus to the parser: each input must come out as it did when it was kept. */
  public static void replay(FuzzTarget target) throws Exception {
    FuzzRun run = new FuzzRun(target);
    for (Map.Entry<String, byte[]> kept : run.corpus.read().entrySet()) {
      run.guarded(() -> run.feed(kept.getValue()));
      String expected = kept.getKey();
      if (!expected.startsWith(Corpus.DEFECT)
          && run.ofThisInput.stream().noneMatch(it -> Corpus.name(it).equals(expected))) {
        throw new AssertionError(
            target + "/" + expected + " came out otherwise: " + run.ofThisInput);
      }
    }
  }

  /** Gives as many inputs to the parser as its share says. */
  public static void run(FuzzTarget target) throws Exception {
    FuzzRun run = new FuzzRun(target);
    long before = usedAfterCollection();
    run.guarded(run::feedAll);
    long growth = usedAfterCollection() - before;
    if (growth > MOST_GROWTH_BYTES) {
      throw new AssertionError(
          target
              + " must keep no memory, kept "
              + growth
              + " bytes after "
              + run.done.get()
              + " inputs");
    }
    System.out.printf(
        "fuzz %-20s %,9d inputs %4d outcomes, at most %,d bytes allocated by one, heap %+,d%n",
        target, run.done.get(), run.lengths.size(), run.mostAllocated, growth);
  }

  private void feedAll() throws Exception {
    List<byte[]> inputs = new ArrayList<>();
    for (byte[] seed : target.seeds()) {
      feed(seed);
      if (seed.length <= Mutator.USUAL_BYTES) {
        inputs.add(seed);
      }
    }
    Set<String> ofSeeds = Set.copyOf(lengths.keySet());
    SortedMap<String, byte[]> kept = corpus.read();
    for (byte[] one : kept.values()) {
      feed(one);
      inputs.add(one);
    }
    int most = inputs.size() + MOST_FOUND;
    Mutator mutator = new Mutator(SEED ^ target.share().code().hashCode());
    for (long count = target.share().inputs(); count > 0; count--) {
      byte[] next = mutator.next(inputs);
      if (feed(next) && inputs.size() < most && next.length <= Mutator.USUAL_BYTES) {
        inputs.add(next);
      }
      if (KEEPS) {
        keep(next, ofSeeds);
      }
    }
  }

  private void keep(byte[] found, Set<String> ofSeeds) throws IOException {
    for (String outcome : ofThisInput) {
      if (!ofSeeds.contains(outcome) && found.length <= lengths.getOrDefault(outcome, 0)) {
        corpus.keep(outcome, found);
      }
    }
  }

  /** True when an outcome was new. */
  private boolean feed(byte[] given) throws Exception {
    input = given;
    ofThisInput.clear();
    long before = allocated();
    target.feeder().feed(given, ofThisInput::add);
    long taken = allocated() - before;
    mostAllocated = Math.max(mostAllocated, taken);
    if (taken > MOST_ALLOCATED_BYTES + MOST_ALLOCATED_EACH_BYTE * given.length) {
      throw new AssertionError("one input must not take so much memory, took " + taken + " bytes");
    }
    boolean isNew = false;
    for (String outcome : ofThisInput) {
      isNew |=
          lengths.put(
                  outcome, Math.min(given.length, lengths.getOrDefault(outcome, Integer.MAX_VALUE)))
              == null;
    }
    done.incrementAndGet();
    return isNew;
  }

  /** Runs in a thread of its own, so that a hang is seen and the input told. */
  private void guarded(Step step) throws InterruptedException {
    Thread worker =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
                failure = e;
              }
            },
            "fuzz " + target);
    worker.setDaemon(true);
    worker.start();
    long before = -1;
    while (worker.isAlive() && done.get() != before) {
      before = done.get();
      worker.join(HANG_MILLIS);
    }
    if (worker.isAlive()) {
      AssertionError hang = new AssertionError(told("takes more than 30 s for"));
      hang.setStackTrace(worker.getStackTrace());
      throw hang;
    }
    if (failure != null) {
      throw new AssertionError(told("must not fail at"), failure);
    }
  }

  private String told(String what) {
    return target
        + " "
        + what
        + " input "
        + done.get()
        + " of seed "
        + SEED
        + ", in base64:\n"
        + Base64.getEncoder().encodeToString(input)
        + "\nTo keep it: base64 -d > "
        + corpus.placeOfDefect();
  }

  /** What a worker does. */
  private interface Step {
    void run() throws Exception;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long usedAfterCollection() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
