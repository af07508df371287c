/** Tests of the HTTP tier over real sockets. */
@NullMarked
package io.inferwarden.ingest.collector;

import org.jspecify.annotations.NullMarked;
