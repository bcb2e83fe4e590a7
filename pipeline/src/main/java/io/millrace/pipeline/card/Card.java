package io.millrace.pipeline.card;

import java.util.List;

/**
 * What a report shows about one stage's result.
 *
 * @param blocks from top to bottom; empty if there is nothing to show
 */
public record Card(List<Block> blocks) {
  /** Nothing to show. */
  public static final Card EMPTY = new Card(List.of());

  public Card {
    blocks = List.copyOf(blocks);
  }

  /** A card of these blocks. */
  public static Card of(Block... blocks) {
    return new Card(List.of(blocks));
  }
}
