/**
 * Everything that runs on Spark. The rooms below point one way, in this order: spark, files,
 * random, synthesize, fetch, container, natives, image, shard, source, card, ingest, stats,
 * augment, materialise, schedule, architecture, feed, optimiser, engine, train, evaluate, predict,
 * export, look, init, cli. This one holds only the main class.
 */
package io.millrace.jobs;
