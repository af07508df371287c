/** Tests of the door. */
@NullMarked
package io.inferwarden.ingest.door;

import org.jspecify.annotations.NullMarked;
