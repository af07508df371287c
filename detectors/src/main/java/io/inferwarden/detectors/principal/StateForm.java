package io.inferwarden.detectors.principal;

import static io.inferwarden.detectors.principal.StateBytes.RING_GROUP;
import static io.inferwarden.detectors.principal.StateBytes.RING_SLOTS;
import static io.inferwarden.detectors.principal.StateBytes.RING_SLOT_BYTES;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * The written form of a state's bytes: what every state uses as it is, and the rest in units, of
 * which those that are all zero cost a bit.
 */
final class StateForm {
  private static final int ALL_UNITS = 0xff;

  private StateForm() {}

  static void write(byte[] bytes, StateWriter out) {
    out.writeRange(bytes, StateBytes.EVENTS, StateBytes.CHAINS - StateBytes.EVENTS);
    writeUnits(bytes, StateBytes.CHAINS, StateBytes.RING_POSITION, StateBytes.CHAIN_BYTES, out);
    writeUnits(bytes, StateBytes.RING_POSITION, StateBytes.COUNTS, 1, out);
    int ring = StateBytes.ring(bytes);
    writeUnits(bytes, ring, bytes.length, RING_SLOT_BYTES, out);
    for (int slots = ringSlots(bytes); slots < RING_SLOTS; slots += RING_GROUP) {
      out.writeByte(0);
    }
    writeUnits(bytes, StateBytes.COUNTS, StateBytes.urns(bytes), StateBytes.BIN_BYTES, out);
    writeUnits(bytes, StateBytes.urns(bytes), ring, StateBytes.URN_BYTES, out);
  }

  /**
   * @param fresh a new state of the shape that was written
   * @return the state that was written
   * @throws IllegalArgumentException when the ring holds what it cannot
   */
  static byte[] read(byte[] fresh, StateReader in) {
    byte[] bytes = fresh;
    in.readRange(bytes, StateBytes.EVENTS, StateBytes.CHAINS - StateBytes.EVENTS);
    readUnits(bytes, StateBytes.CHAINS, StateBytes.RING_POSITION, StateBytes.CHAIN_BYTES, in);
    int newLength = bytes.length - RING_SLOT_BYTES * ringSlots(bytes);
    readUnits(bytes, StateBytes.RING_POSITION, StateBytes.COUNTS, 1, in);
    if (bytes[StateBytes.RING_POSITION] < 0 || bytes[StateBytes.RING_POSITION] >= 2 * RING_SLOTS) {
      throw new IllegalArgumentException("position in the ring must be in [0, 64)");
    }
    bytes = Arrays.copyOf(bytes, newLength + RING_SLOT_BYTES * ringSlots(bytes));
    int ring = StateBytes.ring(bytes);
    readUnits(bytes, ring, bytes.length, RING_SLOT_BYTES, in);
    for (int slots = ringSlots(bytes); slots < RING_SLOTS; slots += RING_GROUP) {
      if (in.readByte() != 0) {
        throw new IllegalArgumentException("the ring must not hold more than its position says");
      }
    }
    readUnits(bytes, StateBytes.COUNTS, StateBytes.urns(bytes), StateBytes.BIN_BYTES, in);
    readUnits(bytes, StateBytes.urns(bytes), ring, StateBytes.URN_BYTES, in);
    return bytes;
  }

  private static int ringSlots(byte[] bytes) {
    return StateBytes.ringSlots(bytes[StateBytes.RING_POSITION]);
  }

  /** For each eight units a byte that says which are used, and those. */
  private static void writeUnits(byte[] bytes, int start, int end, int unitBytes, StateWriter out) {
    int groupBytes = Byte.SIZE * unitBytes;
    for (int group = start; group < end; group += groupBytes) {
      int groupEnd = Math.min(end, group + groupBytes);
      int used = usedUnits(bytes, group, groupEnd, unitBytes);
      out.writeByte(used);
      if (used == ALL_UNITS) {
        out.writeRange(bytes, group, groupBytes);
      } else {
        writeUsed(bytes, group, unitBytes, used, out);
      }
    }
  }

  private static int usedUnits(byte[] bytes, int group, int groupEnd, int unitBytes) {
    int used = 0;
    int unit = 0;
    for (int at = group; at < groupEnd; at += unitBytes, unit++) {
      if (isUsed(bytes, at, unitBytes)) {
        used |= 1 << unit;
      }
    }
    return used;
  }

  /** Looks at eight bytes at once; behind a shorter unit there are more bytes of the state. */
  private static boolean isUsed(byte[] bytes, int start, int unitBytes) {
    long first = StateBytes.i64(bytes, start);
    return unitBytes < Long.BYTES
        ? first << (Long.SIZE - Byte.SIZE * unitBytes) != 0
        : (first | StateBytes.i64(bytes, start + unitBytes - Long.BYTES)) != 0;
  }

  private static void writeUsed(byte[] bytes, int group, int unitBytes, int used, StateWriter out) {
    for (int left = used; left != 0; left &= left - 1) {
      int unit = Integer.numberOfTrailingZeros(left);
      out.writeRange(bytes, group + unit * unitBytes, unitBytes);
    }
  }

  private static void readUnits(byte[] bytes, int start, int end, int unitBytes, StateReader in) {
    int groupBytes = Byte.SIZE * unitBytes;
    for (int group = start; group < end; group += groupBytes) {
      for (int left = in.readByte() & ALL_UNITS; left != 0; left &= left - 1) {
        int unit = group + Integer.numberOfTrailingZeros(left) * unitBytes;
        if (unit < end) { // a damaged record says more
          in.readRange(bytes, unit, unitBytes);
        }
      }
    }
  }
}
