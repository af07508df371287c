/** What holds of the manifests: they fit their schemas, and keep the rules of the platform. */
@NullMarked
package io.inferwarden.k8s.manifests;

import org.jspecify.annotations.NullMarked;
