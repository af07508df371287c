/** What the stages of the topology say to each other, in compact binary form. */
@NullMarked
package io.inferwarden.app.message;

import org.jspecify.annotations.NullMarked;
