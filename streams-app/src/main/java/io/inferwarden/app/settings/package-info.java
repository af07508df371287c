/** What the stages need to know of the operator's policy and of the cluster. */
@NullMarked
package io.inferwarden.app.settings;

import org.jspecify.annotations.NullMarked;
