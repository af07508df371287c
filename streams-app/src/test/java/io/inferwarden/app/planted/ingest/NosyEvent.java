package io.inferwarden.app.planted.ingest;

import io.inferwarden.app.planted.alerting.NosyIncident;

/** Planted: an event that knows incidents. */
public record NosyEvent(NosyIncident incident) {}
