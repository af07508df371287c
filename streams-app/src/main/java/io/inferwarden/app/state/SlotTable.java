package io.inferwarden.app.state;

import java.security.SecureRandom;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The places of a store by key: a hash table whose entries are the places themselves, so that one
 * costs no more than 4 to 8 bytes here. A key that is made of two names is found without being put
 * together.
 *
 * @param <V> the kind of object
 */
final class SlotTable<V> implements Iterable<ObjectStore<V>.Slot> {
  /** Bits of a hash that are 0, for the marks of a place. */
  static final int MARKS = 3;

  private static final int MARK_BITS = 2;

  /** Of this JVM: whoever chooses names cannot choose them so that all fall into one chain. */
  private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

  private static final long SECOND = MULTIPLIER * MULTIPLIER;
  private static final long THIRD = SECOND * MULTIPLIER;
  private static final long FOURTH = THIRD * MULTIPLIER;

  private static final long ODD = 0x9e37_79b9_7f4a_7c15L;
  private static final int INITIAL_CHAINS = 16;
  private static final int LARGEST = 1 << (Integer.SIZE - MARK_BITS);

  private ObjectStore<V>.@Nullable Slot[] chains = chains(INITIAL_CHAINS);
  private int size;

  @SuppressWarnings("unchecked") // an array of a generic kind cannot be made otherwise
  private static <V> ObjectStore<V>.@Nullable Slot[] chains(int length) {
    return (ObjectStore<V>.Slot[]) new ObjectStore<?>.Slot[length];
  }

  int size() {
    return size;
  }

  ObjectStore<V>.@Nullable Slot find(String key) {
    int hash = hash(key);
    ObjectStore<V>.Slot slot = chains[chain(hash)];
    while (slot != null && !(slot.hash() == hash && slot.key.equals(key))) {
      slot = slot.next;
    }
    return slot;
  }

  /** The place of the key that two names make with a separator between them. */
  ObjectStore<V>.@Nullable Slot find(String first, char separator, String second) {
    int hash = hash(first, separator, second);
    ObjectStore<V>.Slot slot = chains[chain(hash)];
    while (slot != null && !(slot.hash() == hash && isJoined(slot.key, first, separator, second))) {
      slot = slot.next;
    }
    return slot;
  }

  private static boolean isJoined(String key, String first, char separator, String second) {
    return key.length() == first.length() + 1 + second.length()
        && key.endsWith(second)
        && key.charAt(first.length()) == separator
        && key.startsWith(first);
  }

  /** Takes in a place whose key has none. */
  void add(ObjectStore<V>.Slot slot) {
    if (size >= chains.length && chains.length < LARGEST) {
      grow();
    }
    link(slot);
    size++;
  }

  ObjectStore<V>.@Nullable Slot remove(String key) {
    int chain = chain(hash(key));
    ObjectStore<V>.Slot before = null;
    for (ObjectStore<V>.Slot slot = chains[chain]; slot != null; slot = slot.next) {
      if (slot.key.equals(key)) {
        if (before == null) {
          chains[chain] = slot.next;
        } else {
          before.next = slot.next;
        }
        slot.next = null;
        size--;
        return slot;
      }
      before = slot;
    }
    return null;
  }

  void clear() {
    chains = chains(INITIAL_CHAINS);
    size = 0;
  }

  private void grow() {
    ObjectStore<V>.@Nullable Slot[] old = chains;
    chains = chains(2 * old.length);
    for (int chain = 0; chain < old.length; chain++) {
      ObjectStore<V>.Slot slot = old[chain];
      while (slot != null) {
        ObjectStore<V>.Slot next = slot.next;
        link(slot);
        slot = next;
      }
    }
  }

  private void link(ObjectStore<V>.Slot slot) {
    int chain = chain(slot.hash());
    slot.next = chains[chain];
    chains[chain] = slot;
  }

  private int chain(int hash) {
    return (hash >>> MARK_BITS) & (chains.length - 1);
  }

  /** Of a key; the {@link #MARKS} are 0. */
  static int hash(String key) {
    return mixed(hashed(0, key));
  }

  /** Of the key that two names make with a separator between them. */
  private static int hash(String first, char separator, String second) {
    return mixed(hashed(hashed(0, first) * MULTIPLIER + separator, second));
  }

  /**
   * A polynomial in the multiplier; four characters at once, which need not wait for each other.
   */
  private static long hashed(long before, String text) {
    long hash = before;
    int at = 0;
    for (; at + 3 < text.length(); at += 4) {
      hash =
          hash * FOURTH
              + text.charAt(at) * THIRD
              + text.charAt(at + 1) * SECOND
              + text.charAt(at + 2) * MULTIPLIER
              + text.charAt(at + 3);
    }
    for (; at < text.length(); at++) {
      hash = hash * MULTIPLIER + text.charAt(at);
    }
    return hash;
  }

  private static int mixed(long hash) {
    return (int) (((hash ^ (hash >>> Integer.SIZE)) * ODD) >>> Integer.SIZE) & ~MARKS;
  }

  /** All places, in no order that lasts; they must neither be added nor removed meanwhile. */
  @Override
  public Iterator<ObjectStore<V>.Slot> iterator() {
    return new Iterator<>() {
      private int chain;
      private ObjectStore<V>.@Nullable Slot next = first();

      private ObjectStore<V>.@Nullable Slot first() {
        ObjectStore<V>.Slot first = null;
        while (first == null && chain < chains.length) {
          first = chains[chain++];
        }
        return first;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public ObjectStore<V>.Slot next() {
        ObjectStore<V>.Slot slot = next;
        if (slot == null) {
          throw new NoSuchElementException();
        }
        next = slot.next == null ? first() : slot.next;
        return slot;
      }
    };
  }
}
