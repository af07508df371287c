/** Tells incidents to people where they talk: Slack, Microsoft Teams and e-mail. */
@NullMarked
package io.inferwarden.alerting.sink.chat;

import org.jspecify.annotations.NullMarked;
