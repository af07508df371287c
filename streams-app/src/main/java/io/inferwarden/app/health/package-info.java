/** Whether a process does its work: what the probes are told, and the metrics of it. */
@NullMarked
package io.inferwarden.app.health;

import org.jspecify.annotations.NullMarked;
