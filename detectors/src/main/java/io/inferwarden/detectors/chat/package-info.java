/** Evidence that a principal does not use a chat model as honest principals do. */
@NullMarked
package io.inferwarden.detectors.chat;

import org.jspecify.annotations.NullMarked;
