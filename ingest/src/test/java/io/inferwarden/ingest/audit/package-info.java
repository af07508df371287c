/** Tests of the audit: chains that are whole, and chains that were tampered with. */
@NullMarked
package io.inferwarden.ingest.audit;

import org.jspecify.annotations.NullMarked;
