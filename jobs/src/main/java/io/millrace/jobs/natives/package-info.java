/**
 * Where native libraries are unpacked, the memory they may take, what they need of the processor,
 * and the lock for the first of several JVMs to load them. The decoders of image and the network
 * engine load through it.
 */
package io.millrace.jobs.natives;
