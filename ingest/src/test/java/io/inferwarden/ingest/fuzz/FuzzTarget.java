package io.inferwarden.ingest.fuzz;

import java.util.List;
import java.util.function.Consumer;

/**
 * A parser under test.
 *
 * @param share how many inputs it gets, and its name
 * @param seeds inputs to begin with
 * @param feeder gives one input to it
 */
public record FuzzTarget(FuzzShare share, List<byte[]> seeds, Feeder feeder) {
  public FuzzTarget {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("seeds must not be empty");
    }
  }

  /** Gives one input to a parser. */
  @FunctionalInterface
  public interface Feeder {
    /**
     * Gives it in, and checks what must be true of what comes out.
     *
     * @param outcomes takes what became of it: a word or two each, few different ones
     * @throws Exception where the parser has a defect; what its contract names is an outcome
     */
    void feed(byte[] input, Consumer<String> outcomes) throws Exception;
  }

  @Override
  public String toString() {
    return share.code();
  }
}
