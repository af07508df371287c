package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that happened at a point in time: an event of a span, or a log record that is one.
 *
 * @param name empty when it has none
 * @param body missing node when it has none, as with events of spans
 */
record OtlpEvent(String name, Attributes attributes, JsonNode body) {}
