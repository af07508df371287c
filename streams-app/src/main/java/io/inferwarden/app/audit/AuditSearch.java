package io.inferwarden.app.audit;

import io.inferwarden.ingest.audit.AuditField;
import io.inferwarden.ingest.audit.AuditLines;
import io.inferwarden.ingest.audit.AuditRecord;
import io.inferwarden.ingest.audit.AuditRecordReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what a principal asked. Records whose content is not what their hash says are counted. */
public final class AuditSearch implements AuditTopic.Taker {
  /**
   * What is looked for.
   *
   * @param pseudonyms of the principal, of which an event has any; those of all key epochs
   * @param model that was asked; empty for any
   * @param from when it was asked at the earliest
   * @param to when it was asked, exclusive
   */
  public record Query(
      Set<String> pseudonyms,
      Optional<String> model,
      Optional<Instant> from,
      Optional<Instant> to) {
    public Query {
      pseudonyms = Set.copyOf(pseudonyms);
      if (pseudonyms.isEmpty()) {
        throw new IllegalArgumentException("pseudonyms must have at least one");
      }
    }

    /** The partitions, of so many, where the records of these pseudonyms are. */
    public Set<Integer> partitions(int count) {
      Set<Integer> partitions = new HashSet<>();
      pseudonyms.forEach(name -> partitions.add(AuditTopic.partitionOf(name, count)));
      return partitions;
    }

    boolean takes(AuditRecord record) {
      Instant asked = Instant.ofEpochMilli(record.number(AuditField.TIME));
      return record.isEvent()
          && (isOneOf(record.text(AuditField.PRINCIPAL))
              || isOneOf(record.text(AuditField.NEXT_PRINCIPAL)))
          && model.map(name -> name.equals(record.text(AuditField.MODEL))).orElse(true)
          && from.map(earliest -> !asked.isBefore(earliest)).orElse(true)
          && to.map(asked::isBefore).orElse(true);
    }

    private boolean isOneOf(@Nullable String pseudonym) {
      return pseudonym != null && pseudonyms.contains(pseudonym);
    }
  }

  private final Query query;
  private final Consumer<AuditRecord> found;
  private final AuditRecordReader reader = new AuditRecordReader();
  private long read;
  private long unsound;

  /**
   * A search.
   *
   * @param found takes what fits, in the order in which it is read
   */
  public AuditSearch(Query query, Consumer<AuditRecord> found) {
    this.query = query;
    this.found = found;
  }

  @Override
  public void startsAt(int partition, long offset) {
    // Where retention has come to changes nothing in what is found.
  }

  @Override
  public void take(int partition, long offset, byte @Nullable [] message) {
    AuditLines.of(message).forEach(this::take);
  }

  private void take(byte[] line) {
    read++;
    AuditRecord record = reader.read(line);
    if (record == null || !record.isIntact()) {
      unsound++;
    } else if (query.takes(record)) {
      found.accept(record);
    }
  }

  /** How many records were read. */
  public long read() {
    return read;
  }

  /** How many of them are no records, or changed. */
  public long unsound() {
    return unsound;
  }
}
