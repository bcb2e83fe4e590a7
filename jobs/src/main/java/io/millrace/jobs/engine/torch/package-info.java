/**
 * The engine on libtorch: a Network as calls of its functions, differentiated by its autograd.
 * Weights have canonical names, shapes and order, and are views of one flat tensor.
 */
package io.millrace.jobs.engine.torch;
