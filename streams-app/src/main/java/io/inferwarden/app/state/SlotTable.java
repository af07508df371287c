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
  /** Of this JVM: whoever chooses names cannot choose them so that all fall into one chain. */
  private static final long SEED = new SecureRandom().nextLong();

  private static final long MULTIPLIER = 0xd6e8_feb8_6659_fd93L;
  private static final int INITIAL_CHAINS = 16;
  private static final int LARGEST = 1 << 30;

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
    ObjectStore<V>.Slot slot = chains[chain(hash(SEED, key))];
    while (slot != null && !slot.key.equals(key)) {
      slot = slot.next;
    }
    return slot;
  }

  /** The place of the key that two names make with a separator between them. */
  ObjectStore<V>.@Nullable Slot find(String first, char separator, String second) {
    ObjectStore<V>.Slot slot = chains[chain(hash(append(hash(SEED, first), separator), second))];
    while (slot != null && !isJoined(slot.key, first, separator, second)) {
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
    int chain = chain(hash(SEED, key));
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
    int chain = chain(hash(SEED, slot.key));
    slot.next = chains[chain];
    chains[chain] = slot;
  }

  private int chain(long hash) {
    return (int) (hash ^ hash >>> Integer.SIZE) & chains.length - 1;
  }

  /** The hash of what was hashed before and a text. */
  private static long hash(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = append(hash, text.charAt(i));
    }
    return hash;
  }

  private static long append(long hash, char next) {
    long appended = (hash ^ next) * MULTIPLIER;
    return appended ^ appended >>> Integer.SIZE;
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
