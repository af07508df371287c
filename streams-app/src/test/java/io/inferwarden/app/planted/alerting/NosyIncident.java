package io.inferwarden.app.planted.alerting;

import io.inferwarden.app.planted.detectors.WorldlyDetector;

/** Planted: an incident that knows a detector. */
public record NosyIncident(WorldlyDetector detector) {}
