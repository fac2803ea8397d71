/** Digests of texts and bytes. */
@NullMarked
package dev.tidemark.connect.digest;

import org.jspecify.annotations.NullMarked;
