/** REST over workflows: starts, queries and steers them, and holds no sync logic. */
@NullMarked
package dev.tidemark.api;

import org.jspecify.annotations.NullMarked;
