/** The record of every inference: hash chains that show what was changed, dropped or added. */
@NullMarked
package io.inferwarden.ingest.audit;

import org.jspecify.annotations.NullMarked;
