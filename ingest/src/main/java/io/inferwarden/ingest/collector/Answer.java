package io.inferwarden.ingest.collector;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record Answer(int status, String contentType, byte[] body) {}
