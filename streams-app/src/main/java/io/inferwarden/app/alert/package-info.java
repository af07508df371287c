/** What every instance knows of alerts: the incidents that are open, silences, and the routes. */
@NullMarked
package io.inferwarden.app.alert;

import org.jspecify.annotations.NullMarked;
