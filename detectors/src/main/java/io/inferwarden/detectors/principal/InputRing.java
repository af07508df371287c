package io.inferwarden.detectors.principal;

import static io.inferwarden.detectors.principal.StateBytes.RING_POSITION;
import static io.inferwarden.detectors.principal.StateBytes.RING_SLOTS;
import static io.inferwarden.detectors.principal.StateBytes.RING_SLOT_BYTES;

import java.util.Arrays;

/**
 * The last 32 distinct inputs of a principal, inside its state: eight projection codes and 16 bits
 * of the fingerprint each. An input repeats another when both are equal.
 */
final class InputRing {
  private static final int DIMENSIONS = Projection.DIMENSIONS;

  /** Distances to fewer inputs say too little. */
  private static final int FEWEST = 4;

  private InputRing() {}

  /** Number of inputs kept. */
  static int size(byte[] state) {
    return Math.min(RING_SLOTS, state[RING_POSITION]);
  }

  /** The slot that the next input will take: that of the oldest one. */
  static int nextSlot(byte[] state) {
    return state[RING_POSITION] % RING_SLOTS;
  }

  static boolean contains(byte[] state, byte[] codes, long fingerprint) {
    long wanted = StateBytes.i64(codes, 0);
    int ring = StateBytes.ring(state);
    int end = ring + size(state) * RING_SLOT_BYTES;
    for (int at = ring; at < end; at += RING_SLOT_BYTES) {
      if (StateBytes.i64(state, at) == wanted
          && StateBytes.u16(state, at + DIMENSIONS) == (char) fingerprint) {
        return true;
      }
    }
    return false;
  }

  /**
   * Euclidean distance to the nearest input kept; NaN while these are fewer than four.
   *
   * @param squares set to the squared distance to the input of each slot
   */
  static float nearest(byte[] state, float[] projected, Projection projection, float[] squares) {
    int size = size(state);
    int ring = StateBytes.ring(state);
    float least = Float.MAX_VALUE;
    for (int slot = 0; slot < size; slot++) {
      squares[slot] = projection.squaredDistance(state, ring + slot * RING_SLOT_BYTES, projected);
      least = Math.min(least, squares[slot]);
    }
    return size < FEWEST ? Float.NaN : (float) Math.sqrt(least);
  }

  /**
   * Keeps an input.
   *
   * @return the state, in a longer array when the ring had to grow
   */
  static byte[] add(byte[] state, byte[] codes, long fingerprint) {
    int slot = nextSlot(state);
    int at = StateBytes.ring(state) + slot * RING_SLOT_BYTES;
    int slots = StateBytes.ringSlots(state[RING_POSITION]);
    System.arraycopy(codes, 0, state, at, DIMENSIONS);
    StateBytes.u16(state, at + DIMENSIONS, (char) fingerprint);
    boolean isFull = state[RING_POSITION] >= RING_SLOTS;
    int next = (slot + 1) % RING_SLOTS;
    state[RING_POSITION] = (byte) (isFull || next == 0 ? RING_SLOTS + next : next);
    int wanted = StateBytes.ringSlots(state[RING_POSITION]);
    return wanted == slots
        ? state
        : Arrays.copyOf(state, state.length + RING_SLOT_BYTES * (wanted - slots));
  }
}
