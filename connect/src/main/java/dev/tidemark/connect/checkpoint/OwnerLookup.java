package dev.tidemark.connect.checkpoint;

/** Asks Temporal about runs that hold slices. */
@FunctionalInterface
public interface OwnerLookup {

  OwnerState stateOf(Owner owner);
}
