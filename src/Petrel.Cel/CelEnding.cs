namespace Petrel.Cel;

/// <summary>How an evaluation came to its end.</summary>
public enum CelEnding
{
    Finished,

    /// <summary>It cost more than it may.</summary>
    OverLimit,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
