namespace Petrel.Storage;

/// <summary>How a range went.</summary>
public enum RangeOutcome
{
    Found,

    /// <summary>The requested revision is older than the compacted one.</summary>
    Compacted,

    /// <summary>The requested revision has not happened yet.</summary>
    Future,
}
