/** The command line: one class a command. */
@NullMarked
package io.inferwarden.app.command;

import org.jspecify.annotations.NullMarked;
