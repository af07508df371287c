package io.inferwarden.alerting.book;

import io.inferwarden.alerting.Incident;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in the book of incidents.
 *
 * @param offset of its record, by which whoever follows says how far they have come
 * @param incidentId which incident
 * @param incident what it is from then on; null when it was forgotten
 */
public record IncidentRevision(long offset, String incidentId, @Nullable Incident incident) {}
