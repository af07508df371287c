/** Incidents in the formats of security event stores: OCSF, Elastic Common Schema and Splunk. */
@NullMarked
package io.inferwarden.alerting.sink.siem;

import org.jspecify.annotations.NullMarked;
