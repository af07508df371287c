/** The record of every inference, as it is read again: verified and searched. */
@NullMarked
package io.inferwarden.app.audit;

import org.jspecify.annotations.NullMarked;
