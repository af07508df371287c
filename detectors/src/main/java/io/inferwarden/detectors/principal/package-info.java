/** Evidence that one principal does not use a classifier as its honest users do. */
@NullMarked
package io.inferwarden.detectors.principal;

import org.jspecify.annotations.NullMarked;
