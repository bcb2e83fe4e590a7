/**
 * Where native libraries are unpacked, the memory they may take, what they need of the processor,
 * and the lock for the first of several JVMs to load them. The decoders of image and the network
 * engine load through it. It touches JavaCPP's settings, the machine's description and NVIDIA's
 * driver alone.
 */
package io.millrace.jobs.natives;
