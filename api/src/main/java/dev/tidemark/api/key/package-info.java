/** Who may call what. */
@NullMarked
package dev.tidemark.api.key;

import org.jspecify.annotations.NullMarked;
