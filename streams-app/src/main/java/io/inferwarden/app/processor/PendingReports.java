package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.message.CohortMessageSerde;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reports in the order of event time, whichever partition tells them first. Those of a baseline
 * wait until every partition has handed on the events that had waited for it, and those of a time
 * until every partition has come to that time. With a single partition the order is known at once.
 */
final class PendingReports {
  private static final String MOMENT = "moment\u001f";
  private static final String READY = "ready\u001f";

  private record Key(long timeMillis, String principal, int sort, long sequence) {
    static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::timeMillis)
            .thenComparing(Key::principal)
            .thenComparingInt(Key::sort)
            .thenComparingLong(Key::sequence);

    String text(String baselineId) {
      return baselineId + '\u001f' + sequence;
    }
  }

  static final StateCodec<CohortMessage.Report> CODEC =
      new StateCodec<>() {
        @Override
        public void write(CohortMessage.Report report, StateWriter out) {
          CohortMessageSerde.writeReport(report, out);
        }

        @Override
        public CohortMessage.Report read(StateReader in) {
          return CohortMessageSerde.readReport(in);
        }
      };

  private final ObjectStore<Long> progress;
  private final ObjectStore<CohortMessage.Report> kept;
  private final int partitions;
  private final Map<String, NavigableMap<Key, CohortMessage.Report>> pending = new TreeMap<>();
  private final Map<String, Boolean> ready = new HashMap<>();
  private long sequence;

  PendingReports(
      ObjectStore<Long> progress, ObjectStore<CohortMessage.Report> kept, int partitions) {
    this.progress = progress;
    this.kept = kept;
    this.partitions = partitions;
    for (String key : kept.sortedKeys()) {
      CohortMessage.Report report = kept.get(key);
      if (report != null) {
        long number = Long.parseLong(key.substring(key.lastIndexOf('\u001f') + 1));
        sequence = Math.max(sequence, number + 1);
        pendingOf(report.baselineId()).put(keyOf(report, number), report);
      }
    }
  }

  /** Takes a message in and hands out every report whose turn it is. */
  void accept(CohortMessage message, Consumer<CohortMessage.Report> next) {
    if (message instanceof CohortMessage.Report report) {
      if (partitions == 1 && isReady(report.baselineId())) {
        next.accept(report);
      } else {
        Key key = keyOf(report, sequence++);
        pendingOf(report.baselineId()).put(key, report);
        kept.put(key.text(report.baselineId()), report);
      }
    } else if (message instanceof CohortMessage.Ready told) {
      progress.put(readyKey(told.baselineId(), told.partition()), 1L);
      ready.remove(told.baselineId());
      release(next);
    } else if (message instanceof CohortMessage.Moment moment) {
      Long known = progress.get(MOMENT + moment.partition());
      if (known == null || moment.timeMillis() != known) {
        // It falls back when a partition that had no events has some again.
        progress.put(MOMENT + moment.partition(), moment.timeMillis());
        release(next);
      }
    }
  }

  private void release(Consumer<CohortMessage.Report> next) {
    long before = comeTo();
    pending.forEach(
        (baselineId, reports) -> {
          if (isReady(baselineId)) {
            while (!reports.isEmpty() && reports.firstKey().timeMillis() < before) {
              Map.Entry<Key, CohortMessage.Report> first = reports.pollFirstEntry();
              kept.delete(first.getKey().text(baselineId));
              next.accept(first.getValue());
            }
          }
        });
    pending.values().removeIf(Map::isEmpty);
  }

  /** Event time that every partition has come to; with one partition all that it tells has come. */
  private long comeTo() {
    if (partitions == 1) {
      return Long.MAX_VALUE;
    }
    long moment = Long.MAX_VALUE;
    for (int partition = 0; partition < partitions; partition++) {
      Long known = progress.get(MOMENT + partition);
      if (known == null) {
        return Long.MIN_VALUE;
      }
      moment = Math.min(moment, known);
    }
    return moment;
  }

  private boolean isReady(String baselineId) {
    return ready.computeIfAbsent(baselineId, this::allAreReady);
  }

  private boolean allAreReady(String baselineId) {
    for (int partition = 0; partition < partitions; partition++) {
      if (progress.get(readyKey(baselineId, partition)) == null) {
        return false;
      }
    }
    return true;
  }

  private static String readyKey(String baselineId, int partition) {
    return READY + baselineId + '\u001f' + partition;
  }

  private NavigableMap<Key, CohortMessage.Report> pendingOf(String baselineId) {
    return pending.computeIfAbsent(baselineId, id -> new TreeMap<>(Key.ORDER));
  }

  /**
   * What an account does comes after its arrival, and what it wrote before what it is accused of.
   */
  private static Key keyOf(CohortMessage.Report report, long sequence) {
    int sort =
        report instanceof CohortMessage.Arrived
            ? 0
            : report instanceof CohortMessage.Adopted ? 1 : 2;
    return new Key(report.timeMillis(), report.principal(), sort, sequence);
  }
}
