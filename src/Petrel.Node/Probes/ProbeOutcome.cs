namespace Petrel.Node.Probes;

/// <summary>What a probe has found by its thresholds.</summary>
public enum ProbeOutcome
{
    /// <summary>A startup probe that has not decided yet.</summary>
    Unknown,
    Success,
    Failure,
}
