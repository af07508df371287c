@NullMarked
package io.inferwarden.ingest.source.litellm;

import org.jspecify.annotations.NullMarked;
