/** Where events come from: files of JSON lines, and the formats of gateways and servers. */
@NullMarked
package io.inferwarden.ingest.source;

import org.jspecify.annotations.NullMarked;
