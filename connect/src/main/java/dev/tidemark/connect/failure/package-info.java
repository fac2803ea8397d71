/** What can go wrong, whether a retry can mend it, and what a person can do. */
@NullMarked
package dev.tidemark.connect.failure;

import org.jspecify.annotations.NullMarked;
