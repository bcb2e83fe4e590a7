/**
 * Networks with their weights as ONNX files, which other runtimes read. It writes protobuf itself,
 * needs no library for it, and knows no engine.
 */
package io.millrace.jobs.onnx;
