package io.millrace.pipeline.clean;

import io.millrace.pipeline.store.Inventory;

/**
 * What becomes of one folder of a workspace.
 *
 * @param entry the folder
 * @param stays whether it is needed
 * @param why a few words
 */
public record Fate(Inventory.Entry entry, boolean stays, String why) {}
