/** The standard logging payload of the LiteLLM proxy. */
@NullMarked
package io.inferwarden.ingest.source.litellm;

import org.jspecify.annotations.NullMarked;
