using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>a &amp;&amp; b &amp;&amp; … or a || b || …: the deciding value wins over errors, wherever it stands.</summary>
internal sealed class LogicStep(IReadOnlyList<Step> operands, bool deciding) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        CelValue? error = null;
        foreach (var operand in operands)
        {
            switch (operand.Evaluate(frame))
            {
                case CelBool { Value: var value } found when value == deciding:
                    return found;
                case CelBool:
                    break;
                case CelError failed:
                    error ??= failed;
                    break;
                default:
                    error ??= CelError.NoSuchOverload;
                    break;
            }
        }

        return error ?? CelValue.Of(!deciding);
    }
}
