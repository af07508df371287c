/**
 * Where privacy begins: names become keyed pseudonyms, texts become measures, and what is left may
 * be written to a topic.
 */
@NullMarked
package io.inferwarden.ingest.door;

import org.jspecify.annotations.NullMarked;
