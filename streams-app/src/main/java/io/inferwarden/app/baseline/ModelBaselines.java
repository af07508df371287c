package io.inferwarden.app.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The baselines of one model: the primary one, which judges principals and the inputs of every
 * version, and one for the outputs of each version that was learned. Immutable.
 */
public final class ModelBaselines {
  private final List<BaselineRecord> records;
  private final BaselineRecord primary;

  private ModelBaselines(List<BaselineRecord> records) {
    this.records = records;
    this.primary =
        records.stream()
            .filter(BaselineRecord::primary)
            .min(Comparator.comparingLong(BaselineRecord::learnedUntilMillis))
            .orElse(records.get(0));
  }

  static ModelBaselines with(@Nullable ModelBaselines known, BaselineRecord added) {
    List<BaselineRecord> records = new ArrayList<>();
    if (known != null) {
      records.addAll(known.records);
      records.removeIf(record -> record.version().equals(added.version()));
    }
    records.add(added);
    records.sort(
        Comparator.comparingLong(BaselineRecord::learnedUntilMillis)
            .thenComparing(BaselineRecord::id));
    return new ModelBaselines(records);
  }

  static @Nullable ModelBaselines without(@Nullable ModelBaselines known, String version) {
    if (known == null) {
      return null;
    }
    List<BaselineRecord> records = new ArrayList<>(known.records);
    records.removeIf(record -> record.version().equals(version));
    return records.isEmpty() ? null : new ModelBaselines(records);
  }

  public BaselineRecord primary() {
    return primary;
  }

  /** The baseline of a version's outputs, or null while that version is being learned. */
  public @Nullable BaselineRecord ofVersion(String version) {
    if (primary.version().equals(version)) {
      return primary;
    }
    for (BaselineRecord candidate : records) {
      if (candidate.version().equals(version)) {
        return candidate;
      }
    }
    return null;
  }

  /** The baseline with this id, or null when it was replaced. */
  public @Nullable BaselineRecord withId(String id) {
    for (BaselineRecord candidate : records) {
      if (candidate.id().equals(id)) {
        return candidate;
      }
    }
    return null;
  }

  /** All of them, in the order in which they were learned. */
  public List<BaselineRecord> all() {
    return List.copyOf(records);
  }
}
