using Petrel.Scheduler.Framework;

namespace Petrel.Scheduler.Cycle;

/// <summary>What a scheduling cycle came to: exactly one of node, rejections and error is there.</summary>
internal sealed record Decision(CycleState State)
{
    /// <summary>The node chosen.</summary>
    public string? Node { get; init; }

    /// <summary>Why there is none.</summary>
    public Rejections? Rejections { get; init; }

    /// <summary>What went wrong.</summary>
    public Verdict? Error { get; init; }

    /// <summary>The node that PostFilter hopes for: empty for none any more, null to leave it as it is.</summary>
    public string? Nominated { get; init; }

    /// <summary>What has to be done for that hope.</summary>
    public Func<CancellationToken, Task>? Work { get; init; }
}
