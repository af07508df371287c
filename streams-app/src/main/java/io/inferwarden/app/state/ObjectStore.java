package io.inferwarden.app.state;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Mutable objects by key, on the heap; what changed is serialised once at commit and written to the
 * changelog.
 *
 * <p>Streams calls only {@link CachedStateStore#flushCache()} before it commits a transaction
 * ({@code StateStore.commit} comes after it, and under exactly-once not on ordinary commits at
 * all), so that is where the changelog is written: state, outputs and offsets become visible
 * together or not at all. {@code CachedStateStore} is internal to Kafka Streams; the Kafka version
 * is pinned and {@code ObjectStoreIT} holds the contract.
 *
 * <p>Not thread-safe: a store belongs to one task.
 *
 * @param <V> the kind of object
 */
public final class ObjectStore<V> implements StateStore, CachedStateStore<Bytes, byte[]> {

  /** The place of one object in the store. */
  public final class Slot {
    final String key;

    /** In the same chain of the {@link SlotTable}. */
    @Nullable Slot next;

    private @Nullable V value;

    /** In one number, since there may be millions of places: the hash of the key, and the marks. */
    private int hashAndMarks;

    private Slot(String key) {
      this.key = key;
      this.hashAndMarks = SlotTable.hash(key);
    }

    int hash() {
      return hashAndMarks & ~SlotTable.MARKS;
    }

    private boolean isMarked(int mark) {
      return (hashAndMarks & mark) != 0;
    }

    public String key() {
      return key;
    }

    /** Whether the key was forgotten: then the store has no such place any more. */
    public boolean isDeleted() {
      return isMarked(DELETED);
    }

    public @Nullable V value() {
      return value;
    }

    /** Sets the object and remembers to write it at the next commit. */
    public void set(V newValue) {
      value = newValue;
      changed();
    }

    /** Says that the object was changed in place: it is written at the next commit. */
    public void changed() {
      if (!isMarked(DIRTY)) {
        hashAndMarks |= DIRTY;
        dirtySlots.add(this);
      }
    }
  }

  /** Marks of a place. */
  private static final int DIRTY = 1;

  private static final int DELETED = 2;

  /** No record has any; the producer makes its own copy for each. */
  private static final RecordHeaders NO_HEADERS = new RecordHeaders();

  static {
    NO_HEADERS.setReadOnly();
  }

  /** Of interactive queries, of which there are none; never changed. */
  private static final Position NO_POSITION = Position.emptyPosition();

  private final String name;
  private final StateCodec<V> codec;
  private final boolean logged;
  private final SlotTable<V> slots = new SlotTable<>();
  private final List<Slot> dirtySlots = new ArrayList<>();
  private final StateWriter writer = new StateWriter();
  private @Nullable InternalProcessorContext<?, ?> context;
  private boolean open;

  ObjectStore(String name, StateCodec<V> codec, boolean logged) {
    this.name = name;
    this.codec = codec;
    this.logged = logged;
  }

  /** The object of a key, or null. */
  public @Nullable V get(String key) {
    Slot slot = slots.find(key);
    return slot == null ? null : slot.value;
  }

  /**
   * The place of the key that two names make with a separator between them, or null. Allocates
   * nothing.
   */
  public @Nullable Slot find(String first, char separator, String second) {
    return slots.find(first, separator, second);
  }

  /**
   * The place of a key, made when it is new; it is not kept in the changelog before it holds an
   * object.
   */
  public Slot slot(String key) {
    Slot slot = slots.find(key);
    if (slot == null) {
      slot = new Slot(key);
      slots.add(slot);
    }
    return slot;
  }

  public void put(String key, V value) {
    slot(key).set(value);
  }

  /** Forgets a key; the changelog gets a tombstone at the next commit. */
  public void delete(String key) {
    Slot slot = slots.remove(key);
    if (slot != null) {
      slot.value = null;
      slot.hashAndMarks |= DELETED;
      slot.changed();
    }
  }

  /** All keys in their natural order: the same after a restore as before it. */
  public List<String> sortedKeys() {
    List<String> keys = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      if (slot.value != null) {
        keys.add(slot.key);
      }
    }
    keys.sort(null);
    return keys;
  }

  /** Looks at every object, in no order that lasts: for what does not depend on one. */
  public void forEach(Consumer<V> look) {
    forEachSlot(slot -> look.accept(Objects.requireNonNull(slot.value)));
  }

  /** Looks at the place of every object, in no order that lasts. */
  public void forEachSlot(Consumer<Slot> look) {
    for (Slot slot : slots) {
      if (slot.value != null) {
        look.accept(slot);
      }
    }
  }

  /**
   * Looks at one object after the other, in no order that lasts, until it has seen enough.
   *
   * @param goesOn whether it looks at the next
   */
  public void lookWhile(Predicate<V> goesOn) {
    for (Slot slot : slots) {
      V value = slot.value;
      if (value != null && !goesOn.test(value)) {
        return;
      }
    }
  }

  public int size() {
    return slots.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    context = (InternalProcessorContext<?, ?>) stateStoreContext;
    stateStoreContext.register(root, this::restore);
    open = true;
  }

  private void restore(byte[] key, byte @Nullable [] value) {
    String text = new String(key, StandardCharsets.UTF_8);
    if (value == null) {
      slots.remove(text);
    } else {
      slot(text).value = read(text, value);
    }
  }

  private V read(String key, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    try {
      int format = in.readByte();
      if (format > codec.format()) {
        throw new NewerFormatException("The state in store " + name, format, codec.format());
      }
      if (format < codec.format()) {
        throw new IllegalArgumentException(
            "format version must be " + codec.format() + ", was " + format);
      }
      return codec.read(in);
    } catch (NewerFormatException e) {
      throw e;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new IllegalStateException(
          "the state of '"
              + key
              + "' in store "
              + name
              + " cannot be read by this release ("
              + e.getMessage()
              + "): run the release that wrote it, or go on without the state as"
              + " docs/operate/upgrade.md says",
          e);
    }
  }

  @Override
  public void flushCache() {
    if (logged && !dirtySlots.isEmpty()) {
      InternalProcessorContext<?, ?> target = context;
      if (target == null) {
        throw new IllegalStateException(
            "store " + name + " must be initialised before it is flushed");
      }
      long nowMillis = target.currentSystemTimeMs();
      dirtySlots.forEach(slot -> log(slot, target, nowMillis));
    }
    clearCache();
  }

  private void log(Slot slot, InternalProcessorContext<?, ?> target, long nowMillis) {
    // A key that was deleted and set again within one commit has two slots; the one in the map is
    // the truth.
    V value = slot.isDeleted() ? get(slot.key) : slot.value;
    byte[] bytes = null;
    if (value != null) {
      writer.reset();
      writer.writeByte(codec.format());
      codec.write(value, writer);
      bytes = writer.toBytes();
    }
    target.logChange(
        name,
        Bytes.wrap(slot.key.getBytes(StandardCharsets.UTF_8)),
        bytes,
        nowMillis,
        NO_HEADERS,
        NO_POSITION);
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    dirtySlots.forEach(slot -> slot.hashAndMarks &= ~DIRTY);
    dirtySlots.clear();
  }

  @Override
  public void close() {
    open = false;
    slots.clear();
    dirtySlots.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
