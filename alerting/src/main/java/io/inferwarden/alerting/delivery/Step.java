package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayList;
import java.util.List;

/**
 * What has come about since the last commit, and is to be committed as a whole: either all of it
 * happened, or none.
 */
final class Step {
  /** Entries of the ledger, in order; of those with the same key the last one counts. */
  final List<Delivery> entries = new ArrayList<>();

  final List<DeadLetter> deadLetters = new ArrayList<>();

  /** To be put into the outbox. */
  final List<Notification> digests = new ArrayList<>();

  /** Whose notifications are final. */
  final List<Place> done = new ArrayList<>();

  boolean isEmpty() {
    return entries.isEmpty() && deadLetters.isEmpty() && digests.isEmpty() && done.isEmpty();
  }

  /** How many notifications it ends. */
  int finalEntries() {
    int count = 0;
    for (Delivery entry : entries) {
      count += entry.outcome().isFinal() ? 1 : 0;
    }
    return count;
  }

  void clear() {
    entries.clear();
    deadLetters.clear();
    digests.clear();
    done.clear();
  }
}
