/** Sources that change while they are copied, and what both sides hold afterwards. */
@NullMarked
package dev.tidemark.bench.changing;

import org.jspecify.annotations.NullMarked;
