/** What the JSON formats of gateways have in common: cutting bodies up, bounded trees, events. */
@NullMarked
package io.inferwarden.ingest.source.json;

import org.jspecify.annotations.NullMarked;
