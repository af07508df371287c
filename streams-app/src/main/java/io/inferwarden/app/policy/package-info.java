/** What the operator decides: the policy of detection and the configuration of a run. */
@NullMarked
package io.inferwarden.app.policy;

import org.jspecify.annotations.NullMarked;
