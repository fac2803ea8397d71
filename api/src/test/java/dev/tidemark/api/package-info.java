/** The API's tests, over real HTTP. */
@NullMarked
package dev.tidemark.api;

import org.jspecify.annotations.NullMarked;
