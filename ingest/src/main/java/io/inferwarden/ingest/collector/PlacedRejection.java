package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent;

/**
 * An event that was not taken, and where in the request it was.
 *
 * @param place for people, such as {@code line 3}
 */
public record PlacedRejection(String place, RejectedEvent rejection) {}
