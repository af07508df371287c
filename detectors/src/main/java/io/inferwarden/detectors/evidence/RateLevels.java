package io.inferwarden.detectors.evidence;

/**
 * Evidence that a rate has changed; 1 or more is an alarm.
 *
 * @param up evidence that it has risen, at least 0
 * @param down evidence that it has fallen, at least 0
 */
public record RateLevels(double up, double down) {}
