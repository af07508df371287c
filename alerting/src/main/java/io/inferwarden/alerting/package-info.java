/** What an incident is, and how it reaches people. */
@NullMarked
package io.inferwarden.alerting;

import org.jspecify.annotations.NullMarked;
