@NullMarked
package io.inferwarden.ingest.source.envoy;

import org.jspecify.annotations.NullMarked;
