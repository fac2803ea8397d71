/** Commands that check the configuration. */
@NullMarked
package dev.tidemark.cli.configuration;

import org.jspecify.annotations.NullMarked;
