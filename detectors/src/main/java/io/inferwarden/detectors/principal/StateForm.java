package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

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
    writeUnits(bytes, StateBytes.RING_POSITION, StateBytes.RING, 1, out);
    writeUnits(bytes, StateBytes.RING, StateBytes.COUNTS, StateBytes.RING_SLOT_BYTES, out);
    writeUnits(bytes, StateBytes.COUNTS, StateBytes.urns(bytes), StateBytes.BIN_BYTES, out);
    writeUnits(bytes, StateBytes.urns(bytes), bytes.length, StateBytes.URN_BYTES, out);
  }

  /**
   * @param bytes a new state of the shape that was written
   */
  static void read(byte[] bytes, StateReader in) {
    in.readRange(bytes, StateBytes.EVENTS, StateBytes.CHAINS - StateBytes.EVENTS);
    readUnits(bytes, StateBytes.CHAINS, StateBytes.RING_POSITION, StateBytes.CHAIN_BYTES, in);
    readUnits(bytes, StateBytes.RING_POSITION, StateBytes.RING, 1, in);
    readUnits(bytes, StateBytes.RING, StateBytes.COUNTS, StateBytes.RING_SLOT_BYTES, in);
    readUnits(bytes, StateBytes.COUNTS, StateBytes.urns(bytes), StateBytes.BIN_BYTES, in);
    readUnits(bytes, StateBytes.urns(bytes), bytes.length, StateBytes.URN_BYTES, in);
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
      if (isUsed(bytes, at, at + unitBytes)) {
        used |= 1 << unit;
      }
    }
    return used;
  }

  private static boolean isUsed(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at++) {
      if (bytes[at] != 0) {
        return true;
      }
    }
    return false;
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
