/** Incidents for a SIEM: CEF events within RFC 5424 messages, over TCP or TLS. */
@NullMarked
package io.inferwarden.alerting.sink.syslog;

import org.jspecify.annotations.NullMarked;
