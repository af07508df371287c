/** Access-log lines of Envoy AI Gateway. */
@NullMarked
package io.inferwarden.ingest.source.envoy;

import org.jspecify.annotations.NullMarked;
