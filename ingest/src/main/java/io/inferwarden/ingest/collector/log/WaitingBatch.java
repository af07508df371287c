package io.inferwarden.ingest.collector.log;

import java.util.concurrent.CompletableFuture;

/**
 * A batch on its way.
 *
 * @param batch what was appended
 * @param answer what the sender is told
 * @param deadlineNanos until when it is tried
 */
record WaitingBatch(LogBatch batch, CompletableFuture<Void> answer, long deadlineNanos) {}
