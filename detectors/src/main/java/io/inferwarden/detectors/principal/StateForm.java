package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * The written form of a state's bytes: what every state uses as it is, and the rest in units, of
 * which those that are all zero cost a bit.
 */
final class StateForm {
  private StateForm() {}

  static void write(byte[] bytes, StateWriter out) {
    for (int i = StateBytes.EVENTS; i < StateBytes.CHAINS; i++) {
      out.writeByte(bytes[i]);
    }
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
    for (int i = StateBytes.EVENTS; i < StateBytes.CHAINS; i++) {
      bytes[i] = in.readByte();
    }
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
      int used = 0;
      for (int at = group; at < groupEnd; at++) {
        used |= bytes[at] == 0 ? 0 : bitOf(at - group, unitBytes);
      }
      out.writeByte(used);
      for (int at = group; at < groupEnd; at++) {
        if ((used & bitOf(at - group, unitBytes)) != 0) {
          out.writeByte(bytes[at]);
        }
      }
    }
  }

  private static void readUnits(byte[] bytes, int start, int end, int unitBytes, StateReader in) {
    int groupBytes = Byte.SIZE * unitBytes;
    for (int group = start; group < end; group += groupBytes) {
      int used = in.readByte();
      int groupEnd = Math.min(end, group + groupBytes);
      for (int at = group; at < groupEnd; at++) {
        if ((used & bitOf(at - group, unitBytes)) != 0) {
          bytes[at] = in.readByte();
        }
      }
    }
  }

  private static int bitOf(int position, int unitBytes) {
    return 1 << (position / unitBytes);
  }
}
