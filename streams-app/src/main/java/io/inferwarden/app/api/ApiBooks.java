package io.inferwarden.app.api;

import io.inferwarden.alerting.book.DeliveryBook;
import io.inferwarden.alerting.book.IncidentBook;
import io.inferwarden.alerting.book.SilenceBook;

/** What the API reads. */
public record ApiBooks(IncidentBook incidents, DeliveryBook deliveries, SilenceBook silences) {
  boolean areCaughtUp() {
    return incidents.isCaughtUp() && deliveries.isCaughtUp() && silences.isCaughtUp();
  }
}
