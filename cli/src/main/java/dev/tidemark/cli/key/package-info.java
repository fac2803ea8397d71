/** Commands that manage keys to the API. */
@NullMarked
package dev.tidemark.cli.key;

import org.jspecify.annotations.NullMarked;
