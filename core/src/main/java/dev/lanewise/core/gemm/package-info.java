/** Matrix multiplication: the API, the plain reference, and the service interface that faster implementations provide. */
@NullMarked
package dev.lanewise.core.gemm;

import org.jspecify.annotations.NullMarked;
