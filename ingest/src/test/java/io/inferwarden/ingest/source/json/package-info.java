@NullMarked
package io.inferwarden.ingest.source.json;

import org.jspecify.annotations.NullMarked;
