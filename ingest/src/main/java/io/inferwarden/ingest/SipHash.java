package io.inferwarden.ingest;

/**
 * SipHash-2-4 of messages of eight bytes: a pseudo-random function of 64 bits under a key of 128
 * bits. Without the key its values tell nothing but which messages are equal.
 *
 * <p>Aumasson and Bernstein 2012, doi:10.1007/978-3-642-34931-7_28. The message is the eight bytes
 * of a {@code long}, least significant first, so the reference values of the paper for messages of
 * this length hold.
 */
final class SipHash {
  /** The block behind a message of eight bytes: its length in the highest byte. */
  private static final long LENGTH_BLOCK = 8L << 56;

  private SipHash() {}

  /**
   * @param k0 first half of the key
   * @param k1 second half of the key
   */
  static long of(long k0, long k1, long message) {
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L ^ message;
    long last = message;
    // Two rounds for the message, two for its length, four to finish.
    for (int round = 0; round < 8; round++) {
      if (round == 2) {
        v0 ^= last;
        last = LENGTH_BLOCK;
        v3 ^= last;
      } else if (round == 4) {
        v0 ^= last;
        v2 ^= 0xff;
      }
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
