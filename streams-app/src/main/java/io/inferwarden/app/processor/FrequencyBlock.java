package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** One block of a {@link FrequencySketch}: 128 counters of four bits, which age by themselves. */
final class FrequencyBlock {
  /** Words of a row; each has 16 counters. */
  private static final int ROW_WORDS = 2;

  private static final int ROWS = 4;

  /** Counters of the whole block. */
  static final int COUNTERS = ROWS * ROW_WORDS * 16;

  /** How many events are counted before all counters are halved. */
  private static final int MOST_ADDITIONS = COUNTERS / ROWS;

  private static final long LOW_BITS = 0x7777_7777_7777_7777L;
  private static final int MOST = 15;

  private final long[] words = new long[ROWS * ROW_WORDS];
  private int additions;

  /** How often the name was counted; the smallest of its four counters. */
  int estimate(long hash) {
    int least = MOST;
    for (int row = 0; row < ROWS; row++) {
      least = Math.min(least, counter(word(hash, row), shift(hash, row)));
    }
    return least;
  }

  /** Counts an event of the name; counters above the smallest know of others and stay. */
  void add(long hash) {
    int least = estimate(hash);
    if (least < MOST) {
      for (int row = 0; row < ROWS; row++) {
        int word = word(hash, row);
        int shift = shift(hash, row);
        if (counter(word, shift) == least) {
          words[word] += 1L << shift;
        }
      }
    }
    if (++additions >= MOST_ADDITIONS) {
      for (int i = 0; i < words.length; i++) {
        words[i] = (words[i] >>> 1) & LOW_BITS;
      }
      additions /= 2;
    }
  }

  private int counter(int word, int shift) {
    return (int) (words[word] >>> shift) & MOST;
  }

  /** Five bits of the hash for each row: one for the word, four for the counter in it. */
  private static int word(long hash, int row) {
    return ROW_WORDS * row + (int) (hash >>> (5 * row) & 1);
  }

  private static int shift(long hash, int row) {
    return (int) (hash >>> (5 * row + 1) & MOST) << 2;
  }

  static final StateCodec<FrequencyBlock> CODEC =
      new StateCodec<>() {
        @Override
        public void write(FrequencyBlock block, StateWriter out) {
          out.writeByte(block.additions);
          for (long word : block.words) {
            out.writeLong(word);
          }
        }

        @Override
        public FrequencyBlock read(StateReader in) {
          FrequencyBlock block = new FrequencyBlock();
          block.additions = in.readByte();
          for (int i = 0; i < block.words.length; i++) {
            block.words[i] = in.readLong();
          }
          return block;
        }
      };
}
