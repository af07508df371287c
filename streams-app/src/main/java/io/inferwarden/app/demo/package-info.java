/**
 * A simulated deployment: real small classifiers, honest users and attackers, all from one seed.
 */
@NullMarked
package io.inferwarden.app.demo;

import org.jspecify.annotations.NullMarked;
