/** Processes that tests start, read and break: the platform's, and those of Prometheus. */
@NullMarked
package io.inferwarden.k8s.process;

import org.jspecify.annotations.NullMarked;
