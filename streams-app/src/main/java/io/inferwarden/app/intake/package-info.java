/** How events get in: the collector, the topics of gateways, and the keys that both need. */
@NullMarked
package io.inferwarden.app.intake;

import org.jspecify.annotations.NullMarked;
