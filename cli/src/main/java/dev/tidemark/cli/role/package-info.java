/** Commands that run the roles: API, worker, and all of them with embedded servers. */
@NullMarked
package dev.tidemark.cli.role;

import org.jspecify.annotations.NullMarked;
