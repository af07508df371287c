/** What a policy would have done on recorded events: labels, scoring and the report. */
@NullMarked
package io.inferwarden.app.backtest;

import org.jspecify.annotations.NullMarked;
