/** What holds of the rules for Prometheus: they are sound, tested, explained, and fire. */
@NullMarked
package io.inferwarden.k8s.rules;

import org.jspecify.annotations.NullMarked;
