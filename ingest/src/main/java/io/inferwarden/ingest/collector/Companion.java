package io.inferwarden.ingest.collector;

/**
 * What is said beside the events: a deployment or feedback.
 *
 * @param topic where it belongs
 * @param key of the record
 * @param json the record
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record Companion(String topic, String key, byte[] json) {}
