package io.inferwarden.alerting.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryBookTest {
  private final DeliveryBook book = new DeliveryBook(new BookLimits(3, 1 << 20));
  private long offset;

  private Delivery put(String subject, long revision, String sink, Outcome outcome, long minute) {
    long at = Examples.AT + minute * Examples.MINUTE;
    Notification notification =
        Notification.ofChange(Examples.incident(subject, revision), sink, "default", at);
    Delivery delivery = Delivery.of(notification, outcome, "", List.of(), 0, at + 1, Delivery.NONE);
    book.accept(delivery.key(), DeliveryJson.toJson(delivery), offset++);
    return delivery;
  }

  @Test
  void tellsWhatBecameOfAnIncidentInOrder() {
    put("principal:a", 1, "soc", Outcome.PENDING, 0);
    Delivery second = put("principal:a", 2, "soc", Outcome.PENDING, 1);
    put("principal:b", 1, "soc", Outcome.PENDING, 2);
    Delivery first = put("principal:a", 1, "soc", Outcome.DELIVERED, 0);

    assertThat(book.ofIncident(first.incidentId())).containsExactly(first, second);
  }

  @Test
  void whatIsOverMakesRoomFirstAndIsForgottenUnderItsIncident() {
    Delivery over = put("principal:a", 1, "soc", Outcome.DELIVERED, 5);
    put("principal:b", 1, "soc", Outcome.PENDING, 1);
    put("principal:c", 1, "soc", Outcome.PENDING, 2);
    put("principal:d", 1, "soc", Outcome.PENDING, 3);

    assertThat(book.ofIncident(over.incidentId())).isEmpty();
    assertThat(book.size()).isEqualTo(3);
    assertThat(book.forgotten()).isEqualTo(1);
  }

  @Test
  void aTombstoneForgetsAnEntry() {
    Delivery delivery = put("principal:a", 1, "soc", Outcome.DELIVERED, 5);

    book.accept(delivery.key(), null, offset++);

    assertThat(book.ofIncident(delivery.incidentId())).isEmpty();
  }

  @Test
  void filtersBySinkOutcomeAndTime() {
    Delivery dead = put("principal:a", 1, "soc", Outcome.DEAD_LETTERED, 0);
    Delivery done = put("principal:a", 1, "pager", Outcome.DELIVERED, 5);

    assertThat(found(Optional.of("soc"), Set.of(), Optional.empty())).containsExactly(dead);
    assertThat(found(Optional.empty(), Set.of(Outcome.DELIVERED), Optional.empty()))
        .containsExactly(done);
    assertThat(found(Optional.empty(), Set.of(), Optional.of(Examples.AT + 1)))
        .containsExactly(done);
    assertThat(found(Optional.empty(), Set.of(), Optional.empty())).containsExactly(done, dead);
  }

  private List<Delivery> found(Optional<String> sink, Set<Outcome> outcomes, Optional<Long> since) {
    return book.page(new DeliveryFilter(sink, Optional.empty(), outcomes, since), null, 10).items();
  }
}
