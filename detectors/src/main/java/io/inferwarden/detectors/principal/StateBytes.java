package io.inferwarden.detectors.principal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers inside the byte array of a {@link PrincipalState}, and where each part of it begins.
 *
 * <p>One array holds a whole state, because every further object would cost a header of 16 bytes.
 * Bytes of a state of 7 signals and 92 bins, the largest there are: 1 of shape, 20 of times and
 * events, 2 of granted spend, 24 of marks, 48 of chains, 1 and 320 of the ring, 18 of gaps, 5 for
 * each bin (a count of 16 bits, two recent ones of 12) and 14 for each signal: 992 in all. With the
 * headers of the array and of the object around it, 1,024. The ring lies at the end and grows with
 * what it holds: a principal of fewer than eight inputs takes 240 bytes less.
 *
 * <p>Rounding is by a pseudo-random amount that the state itself determines: each rounded number
 * has its exact value as expectation, so that many small steps do not vanish, and the same events
 * still give the same state.
 */
final class StateBytes {
  static final int BINS = 0;
  static final int EVENTS = 1;
  static final int FIRST_SECONDS = 5;
  static final int LAST_MILLIS = 9;
  static final int ONSET_MILLIS = 15;
  static final int GRANTED = 21;
  static final int MARKS = 23;
  static final int MARK_BYTES = 24;
  static final int CHAINS = MARKS + MARK_BYTES;
  static final int CHAIN_BYTES = 3;
  static final int CHAIN_SLOTS = 16;
  static final int RING_POSITION = CHAINS + CHAIN_BYTES * CHAIN_SLOTS;
  static final int GAPS = RING_POSITION + 1;
  static final int GAP_BYTES = 18;
  static final int COUNTS = GAPS + GAP_BYTES;
  static final int RING_SLOT_BYTES = 10;
  static final int RING_SLOTS = 32;

  /** The ring grows by so many slots at once. */
  static final int RING_GROUP = 8;

  static final int BIN_BYTES = 5;
  static final int URN_BYTES = 2 * (SignalUrn.ALTERNATIVES + 1);

  /** Bits of a 32-bit float that the 16-bit form of a positive number lacks. */
  private static final int DROPPED_BITS = 15;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MASK_48 = 0xffff_ffff_ffffL;

  private StateBytes() {}

  /** Of a state whose ring has so many slots. */
  static int length(int signals, int bins, int ringSlots) {
    return COUNTS + BIN_BYTES * bins + URN_BYTES * signals + RING_SLOT_BYTES * ringSlots;
  }

  static int signals(byte[] bytes) {
    return (ring(bytes) - urns(bytes)) / URN_BYTES;
  }

  /** Where the ring begins. */
  static int ring(byte[] bytes) {
    return bytes.length - RING_SLOT_BYTES * ringSlots(bytes[RING_POSITION]);
  }

  /**
   * Slots of a ring: those that are taken and at least a free one, in whole groups.
   *
   * @param position inputs that came, as far as they are counted, in [0, 64)
   */
  static int ringSlots(int position) {
    return Math.min(RING_SLOTS, RING_GROUP * (position / RING_GROUP + 1));
  }

  /** Where the martingales begin. */
  static int urns(byte[] bytes) {
    return COUNTS + BIN_BYTES * u8(bytes, BINS);
  }

  static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  static int u16(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xffff;
  }

  static void u16(byte[] bytes, int at, int value) {
    SHORTS.set(bytes, at, (short) value);
  }

  static long u32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) & 0xffff_ffffL;
  }

  static void u32(byte[] bytes, int at, long value) {
    INTS.set(bytes, at, (int) value);
  }

  static long i64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** A signed number of 48 bits. */
  static long i48(byte[] bytes, int at) {
    return i64(bytes, at) << 16 >> 16;
  }

  static void i48(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, (i64(bytes, at) & ~MASK_48) | (value & MASK_48));
  }

  /** The lowest 40 bits; what follows them stays. */
  static void u40(byte[] bytes, int at, long value) {
    INTS.set(bytes, at, (int) value);
    bytes[at + Integer.BYTES] = (byte) (value >>> Integer.SIZE);
  }

  /** A number {@code >= 0} kept with 8 bits of exponent and 8 of mantissa. */
  static float float16(byte[] bytes, int at) {
    return Float.intBitsToFloat(u16(bytes, at) << DROPPED_BITS);
  }

  /**
   * @param value in [0, 1e38]
   * @param random its lowest 15 bits choose whether to round up
   */
  static void float16(byte[] bytes, int at, double value, long random) {
    int bits = Float.floatToRawIntBits((float) value);
    u16(bytes, at, (bits + (int) (random & 0x7fff)) >>> DROPPED_BITS);
  }

  /** Pseudo-random bits: the finaliser of SplitMix64. */
  static long scramble(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
