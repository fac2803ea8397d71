/** The demonstration: two branches, one dashboard, a kill in the middle, a comparison. */
@NullMarked
package dev.tidemark.cli.demo;

import org.jspecify.annotations.NullMarked;
