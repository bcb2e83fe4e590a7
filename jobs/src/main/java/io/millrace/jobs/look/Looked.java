package io.millrace.jobs.look;

import io.millrace.pipeline.card.Card;

/**
 * What a look at a dataset found.
 *
 * @param card for a page
 * @param pictures that were looked at
 * @param nearBlack pictures of which nearly nothing can be seen
 * @param nearWhite pictures of which nearly nothing but white can be seen
 * @param equal pictures with the same pixels as an earlier one
 * @param undecodable pictures whose bytes can't be decoded
 */
public record Looked(
    Card card, long pictures, long nearBlack, long nearWhite, long equal, long undecodable) {}
