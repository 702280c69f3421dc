using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>The state of one evaluation.</summary>
internal sealed class Frame(ICelBindings bindings, CelValue[] locals, long costLimit, CancellationToken cancellationToken)
{
    public ICelBindings Bindings { get; } = bindings;

    /// <summary>Variables of loops, in the places that the plan gives them.</summary>
    public CelValue[] Locals { get; } = locals;

    public long Cost { get; private set; }

    /// <exception cref="EvaluationEndedException">The limit is passed, or nobody waits for the result any more.</exception>
    public void Charge(long cost)
    {
        Cost = cost > long.MaxValue - Cost ? long.MaxValue : Cost + cost;
        if (Cost > costLimit)
        {
            throw new EvaluationEndedException(CelEnding.OverLimit, "operation cancelled: actual cost limit exceeded");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            throw new EvaluationEndedException(CelEnding.Cancelled, "operation interrupted");
        }
    }
}
