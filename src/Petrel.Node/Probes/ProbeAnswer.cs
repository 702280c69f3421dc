namespace Petrel.Node.Probes;

/// <summary>What came of one try of a probe.</summary>
/// <param name="Text">What is shown of it in an event.</param>
internal readonly record struct ProbeAnswer(ProbeAnswerKind Kind, string Text)
{
    public static ProbeAnswer Success { get; } = new(ProbeAnswerKind.Success, "");

    public static ProbeAnswer Failure(string text) => new(ProbeAnswerKind.Failure, text);

    /// <summary>The probe could not be carried out: it says nothing about the container.</summary>
    public static ProbeAnswer Error(string text) => new(ProbeAnswerKind.Error, text);
}

internal enum ProbeAnswerKind
{
    Success,

    /// <summary>Good enough, but worth an event.</summary>
    Warning,
    Failure,
    Error,
}
