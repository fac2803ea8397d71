package dev.tidemark.cli.batch;

/** Something that goes on at the server, and can be looked at and interrupted from here. */
public interface Followed {

  /** How far it is now. */
  Progress look();

  /** Asks it to stop after the chunks in progress. */
  void interrupt(String reason);

  /** The command that shows it again after a detach. */
  String commandToLookAgain();
}
