namespace Petrel.ApiServer.Admission;

/// <summary>
/// Whether a write goes through mutating admission once more: when a webhook or policy changed the object, those before it
/// see it again, each only if it wants to (reinvocationPolicy).
/// </summary>
public sealed class Reinvocation
{
    /// <summary>This is the second round. There is no third.</summary>
    public bool IsSecondRound { get; private set; }

    /// <summary>A second round was asked for.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Asks for a second round.</summary>
    public void Want() => IsWanted = true;

    /// <summary>Called by the chain between the rounds.</summary>
    internal void Begin() => IsSecondRound = true;
}
