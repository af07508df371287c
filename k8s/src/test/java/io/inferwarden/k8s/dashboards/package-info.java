/** What holds of the dashboards: Grafana can read them, and every query of theirs has an answer. */
@NullMarked
package io.inferwarden.k8s.dashboards;

import org.jspecify.annotations.NullMarked;
