/** The demo: finds the faces in a photograph with BlazeFace, a small real network. */
@NullMarked
package dev.lanewise.bench.demo;

import org.jspecify.annotations.NullMarked;
