/** Makes the Grafana dashboards, so that they stay consistent with each other. */
@NullMarked
package io.inferwarden.k8s.dashboards;

import org.jspecify.annotations.NullMarked;
