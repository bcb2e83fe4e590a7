/**
 * Everything that runs on Spark. Each package below is a room with one purpose, which its own
 * description says. This one holds only the class where everybody begins.
 */
package io.millrace.jobs;
