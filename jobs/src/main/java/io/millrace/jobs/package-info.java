/**
 * Everything that runs on Spark. The rooms below point one way, in this order: natives, spark,
 * files, submit, random, synthesize, fetch, container, image, shard, source, card, ingest, stats,
 * augment, materialise, schedule, architecture, order, cache, feed, optimiser, engine, model,
 * evaluate, predict, averaging, curves, train, doctor, export, look, init, cli. This one holds only
 * the main class.
 */
package io.millrace.jobs;
