using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>Puts an entry into the map that a macro is making; nobody else sees the map yet.</summary>
internal sealed class InsertStep(Step target, Step entry, Step? value) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var map = target.Evaluate(frame);
        if (map is not CelDictionary made)
        {
            return map;
        }

        var first = entry.Evaluate(frame);
        var second = value?.Evaluate(frame);
        frame.Charge(1);
        if (first is CelError || second is CelError)
        {
            return first is CelError ? first : second!;
        }

        if (second is not null)
        {
            return Insert(made, first, second);
        }

        if (first is not CelMap more)
        {
            return CelError.NoSuchOverload;
        }

        foreach (var key in more.Keys)
        {
            if (more.TryGet(key, out var item) && Insert(made, key, item) is CelError error)
            {
                return error;
            }
        }

        return made;
    }

    private static CelValue Insert(CelDictionary map, CelValue key, CelValue value) =>
        map.TryAdd(key, value) ? Weights.Limited(map) : CelError.Because($"insert failed: key {ValueText.Plain(key)} already exists");
}
