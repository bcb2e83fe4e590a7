/**
 * The drill: the whole quickstart where a pipeline lives when it has left the laptop, on real
 * servers in processes of their own, compared by digests with a run on the local disk. It starts
 * Millrace as a person does and is part of no jar that is shipped.
 */
package io.millrace.bench.drill;
