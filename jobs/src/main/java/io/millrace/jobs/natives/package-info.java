/**
 * Where native libraries are unpacked, the memory they may take, and the lock for the first of
 * several JVMs to load them. The decoders of image and the network engine load through it. It
 * touches JavaCPP's settings alone.
 */
package io.millrace.jobs.natives;
