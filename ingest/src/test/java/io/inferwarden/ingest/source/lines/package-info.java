@NullMarked
package io.inferwarden.ingest.source.lines;

import org.jspecify.annotations.NullMarked;
