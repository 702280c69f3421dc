namespace Petrel.Storage;

/// <summary>How a transaction went.</summary>
public enum TransactionOutcome
{
    /// <summary>The change is made and durable.</summary>
    Committed,

    /// <summary>The key is not at the expected revision; nothing changed.</summary>
    Conflict,

    /// <summary>An unconditional delete found no key; nothing changed.</summary>
    NotFound,

    /// <summary>The lease to attach the key to does not exist (any more); nothing changed.</summary>
    LeaseNotFound,
}
