/** What the topics of incidents, deliveries and silences hold, in memory, to be asked. */
@NullMarked
package io.inferwarden.alerting.book;

import org.jspecify.annotations.NullMarked;
