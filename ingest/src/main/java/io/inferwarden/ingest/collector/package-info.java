/** The HTTP tier: who may send, what is answered, and how events reach the log safely. */
@NullMarked
package io.inferwarden.ingest.collector;

import org.jspecify.annotations.NullMarked;
