namespace Petrel.Cel.Evaluation;

/// <summary>Ends an evaluation, which no operator absorbs.</summary>
internal sealed class EvaluationEndedException(CelEnding ending, string message) : Exception(message)
{
    public CelEnding Ending { get; } = ending;
}
