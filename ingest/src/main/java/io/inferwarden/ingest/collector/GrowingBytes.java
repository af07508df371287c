package io.inferwarden.ingest.collector;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a body as they come, within a limit and within a share of the memory. */
final class GrowingBytes {
  private static final int FIRST_BYTES = 16 << 10;

  private final MemoryBudget.Share memory;
  private final int limit;
  private byte[] bytes = new byte[0];
  private int size;

  /**
   * @param limit in bytes; 413 above
   */
  GrowingBytes(MemoryBudget.Share memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  int size() {
    return size;
  }

  void add(ByteBuffer more) throws RefusedBody {
    int count = more.remaining();
    makeRoom(count);
    more.get(bytes, size, count);
    size += count;
  }

  void add(byte[] more, int count) throws RefusedBody {
    makeRoom(count);
    System.arraycopy(more, 0, bytes, size, count);
    size += count;
  }

  /** All of them; not to be added to any more. */
  byte[] toArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void makeRoom(int count) throws RefusedBody {
    if (count > limit - size) {
      throw RefusedBody.tooManyBytes(limit);
    }
    int needed = size + count;
    if (needed <= bytes.length) {
      return;
    }
    int capacity =
        Math.max(needed, Math.max(FIRST_BYTES, (int) Math.min(limit, 2L * bytes.length)));
    capacity = Math.min(capacity, limit);
    if (!memory.take((long) capacity - bytes.length)) {
      throw RefusedBody.noMemory();
    }
    bytes = Arrays.copyOf(bytes, capacity);
  }
}
