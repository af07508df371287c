/** CloudEvents of KServe's inference logger, whose requests and responses come apart. */
@NullMarked
package io.inferwarden.ingest.source.kserve;

import org.jspecify.annotations.NullMarked;
