/** What an event costs, stage by stage; never shipped. */
@NullMarked
package io.inferwarden.bench;

import org.jspecify.annotations.NullMarked;
