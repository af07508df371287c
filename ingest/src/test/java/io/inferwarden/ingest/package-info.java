/** Tests of what an inference event is, and the hostile lines that other modules test with too. */
@NullMarked
package io.inferwarden.ingest;

import org.jspecify.annotations.NullMarked;
