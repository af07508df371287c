/** What happens when something fails: one named handler for each place where it can. */
@NullMarked
package io.inferwarden.app.failure;

import org.jspecify.annotations.NullMarked;
