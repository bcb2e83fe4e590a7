package io.millrace.pipeline.clean;

import io.millrace.pipeline.store.Inventory;

/**
 * Whether a folder of a workspace stays, and why.
 *
 * @param entry the folder
 * @param stays whether it is needed
 * @param why a few words
 */
public record FolderDecision(Inventory.Entry entry, boolean stays, String why) {}
