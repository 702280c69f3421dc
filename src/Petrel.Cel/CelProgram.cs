using Petrel.Cel.Costs;
using Petrel.Cel.Evaluation;
using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel;

/// <summary>A compiled expression. Immutable: one program serves many evaluations at once.</summary>
public sealed class CelProgram
{
    private readonly Expression _root;
    private readonly Plan _plan;

    internal CelProgram(Expression root, Plan plan, IReadOnlySet<string> variables) => (_root, _plan, Variables) = (root, plan, variables);

    /// <summary>Type of the result; dyn when it is known only at run time.</summary>
    public CelType ResultType => _root.Type;

    /// <summary>Variables of the environment that the expression refers to.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="costLimit">Where the evaluation ends with an error, in units of CEL's cost model.</param>
    /// <param name="cancellationToken">Ends the evaluation with an error as well.</param>
    public CelResult Evaluate(ICelBindings bindings, long costLimit, CancellationToken cancellationToken = default)
    {
        var frame = new Frame(bindings, new CelValue[_plan.Locals], costLimit, cancellationToken);
        try
        {
            return new CelResult(_plan.Root.Evaluate(frame), frame.Cost, CelEnding.Finished);
        }
        catch (EvaluationEndedException ended)
        {
            return new CelResult(CelError.Because(ended.Message), frame.Cost, ended.Ending);
        }
    }

    /// <summary>Between which bounds the cost of every evaluation is.</summary>
    public Bounds EstimateCost(ISizeHints? hints) => new CostEstimator(hints).Cost(_root);
}
