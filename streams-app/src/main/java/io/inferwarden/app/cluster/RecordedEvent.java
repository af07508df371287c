package io.inferwarden.app.cluster;

/**
 * An event as the topic holds it.
 *
 * @param timeMillis its event time, milliseconds since the epoch
 * @param model that was asked
 * @param version of the model; empty when the event has none
 * @param json the event; not copied, so it must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from a topic; nobody compares it
public record RecordedEvent(long timeMillis, String model, String version, byte[] json) {}
