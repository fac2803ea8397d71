/** What Temporal knows of a run, read within the time that a caller waits. */
@NullMarked
package dev.tidemark.api.run;

import org.jspecify.annotations.NullMarked;
