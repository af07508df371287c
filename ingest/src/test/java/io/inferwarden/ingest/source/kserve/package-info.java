@NullMarked
package io.inferwarden.ingest.source.kserve;

import org.jspecify.annotations.NullMarked;
