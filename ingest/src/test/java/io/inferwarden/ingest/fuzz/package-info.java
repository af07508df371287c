/** A seeded fuzzer of everything that reads what others sent, and the corpus that it has found. */
@NullMarked
package io.inferwarden.ingest.fuzz;

import org.jspecify.annotations.NullMarked;
