/** What is done to each finished element of an output while it is in the cache. */
@NullMarked
package dev.lanewise.core.epilogue;

import org.jspecify.annotations.NullMarked;
