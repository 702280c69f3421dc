using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>Folds a list or map into an accumulator.</summary>
/// <param name="first">Place of the element or key; with a second variable, of the index or key.</param>
/// <param name="second">Place of the element or value; -1 when there is one variable.</param>
internal sealed class LoopStep(Step range, int accumulator, int first, int second, Step start, Step condition, Step body, Step result) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var source = range.Evaluate(frame);
        if (source is CelError)
        {
            return source;
        }

        if (source is not (CelList or CelMap))
        {
            return CelError.NoSuchOverload;
        }

        var locals = frame.Locals;
        locals[accumulator] = start.Evaluate(frame);
        foreach (var (key, value) in Entries(source))
        {
            locals[first] = second < 0 && source is CelList ? value : key;
            if (second >= 0)
            {
                locals[second] = value;
            }

            if (condition.Evaluate(frame) is CelBool { Value: false })
            {
                break;
            }

            // The shortest loop body may be a constant, which costs nothing.
            frame.Charge(0);
            locals[accumulator] = body.Evaluate(frame);
        }

        return result.Evaluate(frame);
    }

    private IEnumerable<(CelValue Key, CelValue Value)> Entries(CelValue source)
    {
        if (source is CelList list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                yield return (second < 0 ? CelNull.Instance : CelValue.Of((long)i), list[i]);
            }

            yield break;
        }

        var map = (CelMap)source;
        foreach (var key in map.Keys)
        {
            yield return (key, second >= 0 && map.TryGet(key, out var value) ? value : CelNull.Instance);
        }
    }
}
