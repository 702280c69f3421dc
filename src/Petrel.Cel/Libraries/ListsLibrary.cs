using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Kubernetes' functions of lists: isSorted, sum, min, max, indexOf, lastIndexOf.</summary>
public static class ListsLibrary
{
    private static readonly CelType[] Ordered =
        [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes];

    public static CelLibrary Instance { get; } = new(
        "lists",
        [
            new CelFunction("isSorted", [.. Ordered.Select(static type => Through(CelType.List(type), CelType.Bool, static list => IsSorted(list)))]),
            new CelFunction("sum", Sums()),
            new CelFunction("max", [.. Ordered.Select(static type => Through(CelType.List(type), type, static list => Extreme(list, "max", 1)))]),
            new CelFunction("min", [.. Ordered.Select(static type => Through(CelType.List(type), type, static list => Extreme(list, "min", -1)))]),
            new CelFunction("indexOf", [Search(static (list, value) => Find(list, value, isLast: false))]),
            new CelFunction("lastIndexOf", [Search(static (list, value) => Find(list, value, isLast: true))]),
        ]);

    private static CelOverload Through(CelType list, CelType result, Func<CelList, CelValue> evaluate) => Costing(Overloads.Unary(list, result, evaluate));

    private static CelOverload Costing(CelOverload overload) => overload.Method().Costing(
        static values => values[0].Size,
        static operands => new CallEstimate(operands[0].Size, operands[0].ElementSize));

    private static CelOverload Search(Func<CelList, CelValue, long> find) =>
        Costing(Overloads.Binary<CelList, CelValue>(Overloads.ListOfA, Overloads.A, CelType.Int, (list, value) => CelValue.Of(find(list, value))));

    private static CelValue IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            switch (Comparisons.TryOrder(list[i - 1], list[i]))
            {
                case null:
                    return CelError.NoSuchOverload;
                case > 0:
                    return CelBool.False;
            }
        }

        return CelBool.True;
    }

    private static IReadOnlyList<CelOverload> Sums()
    {
        (CelType Type, CelValue Zero)[] types =
        [
            (CelType.Int, CelValue.Of(0L)), (CelType.Uint, new CelUint(0)), (CelType.Double, CelValue.Of(0.0)), (CelType.Duration, new CelDuration(0)),
        ];
        var add = Arithmetic.Functions[0].Overloads;
        return
        [
            .. types.Select(entry => Through(CelType.List(entry.Type), entry.Type, list =>
            {
                var sum = entry.Zero;
                for (var i = 0; i < list.Count && sum is not CelError; i++)
                {
                    CelValue[] terms = [sum, list[i]];
                    sum = add.FirstOrDefault(overload => overload.Accepts(terms))?.Evaluate(terms) ?? CelError.NoSuchOverload;
                }

                return sum;
            })),
        ];
    }

    private static CelValue Extreme(CelList list, string name, int sign)
    {
        if (list.Count == 0)
        {
            return CelError.Because($"{name} called on empty list");
        }

        var best = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            if (Comparisons.TryOrder(list[i], best) is not { } order)
            {
                return CelError.NoSuchOverload;
            }

            best = order * sign > 0 ? list[i] : best;
        }

        return best;
    }

    private static long Find(CelList list, CelValue value, bool isLast)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var index = isLast ? list.Count - 1 - i : i;
            if (list[index].EqualTo(value))
            {
                return index;
            }
        }

        return -1;
    }
}
